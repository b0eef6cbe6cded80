//! Decodes photos in a separate process with its own limits of memory and time. The container of a file is checked before a
//! decoder reads it, but its coded content can still demand excessive resources (tens of thousands of tables in a lossless WebP),
//! never end, or make a decoder abort. In this case only the child process ends, and the server continues. The child process is
//! this binary without its environment: it has no secret, no file and no connection. The service uses the parent's side
//! ([`PhotoProcess`]), and the binary calls the child's side ([`child`]).

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use doorstep_media::{Refused, clean};

/// Argument that starts the binary as the child process.
pub const ARGUMENT: &str = "decode-photo";
/// Limit of the address space of the child process in bytes. The largest accepted photo needs a third of it.
#[cfg(target_os = "linux")]
const ADDRESS_SPACE: u64 = 768 * 1_024 * 1_024;
/// Limit of the processor time of the child process in seconds. The largest accepted photo needs about one second.
#[cfg(unix)]
const PROCESSOR_S: u64 = 20;
/// Maximum number of bytes that the child process reads. The policy limits the size of a photo.
const MAX_INPUT: u64 = 256 * 1_024 * 1_024;

/// Program that decodes photos in a child process.
#[derive(Clone, Debug)]
pub struct PhotoProcess {
    program: PathBuf,
}

impl PhotoProcess {
    /// Creates a decoder that runs in a child process. Returns an error if this program cannot start itself on this machine.
    pub fn start_from_here() -> Result<Self, String> {
        // This path refers to the running binary even after the file was replaced by a new one.
        let own_path = PathBuf::from("/proc/self/exe");
        let program = if own_path.exists() { own_path } else { std::env::current_exe().map_err(|error| error.to_string())? };
        let process = Self { program };
        match process.clean(b"no photo") {
            Ok(Err(Refused::Type)) => Ok(process),
            Ok(other) => Err(format!("the process answered {other:?}")),
            Err(error) => Err(error),
        }
    }

    /// Returns the photo in the form that is stored, or the reason for refusing it. A photo whose decoding makes the child
    /// process fail is refused. Returns an error if the child process cannot be started or waited for. Blocks until the child
    /// process ends.
    pub fn clean(&self, photo: &[u8]) -> Result<Result<Vec<u8>, Refused>, String> {
        let mut command = Command::new(&self.program);
        command.arg(ARGUMENT).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| format!("a process for a photo cannot be started: {error}"))?;
        if let Some(mut input) = child.stdin.take() {
            // The child process reads all input before it answers. If the child process has ended already, this write may fail,
            // and its exit status and answer below decide.
            let _ = input.write_all(photo);
        }
        let mut answer = Vec::new();
        let read = child.stdout.take().map(|mut output| output.read_to_end(&mut answer));
        let status = child.wait().map_err(|error| format!("a process for a photo was lost: {error}"))?;
        if !status.success() || !matches!(read, Some(Ok(_))) {
            tracing::warn!(%status, "a photo made its process give up");
            return Ok(Err(Refused::Unreadable));
        }
        Ok(match answer.split_first() {
            Some((0, kept)) => Ok(kept.to_vec()),
            Some((1, _)) => Err(Refused::Type),
            Some((3, _)) => Err(Refused::TooManyPixels),
            Some(_) | None => Err(Refused::Unreadable),
        })
    }
}

/// Runs the child process: reads a photo from standard input, sets limits for this process, and writes the result to standard
/// output.
pub fn child() -> ExitCode {
    let mut photo = Vec::new();
    let read = std::io::stdin().lock().take(MAX_INPUT).read_to_end(&mut photo);
    if read.is_err() || !set_process_limits() {
        return ExitCode::FAILURE;
    }
    let (code, kept) = match clean(&photo) {
        Ok(kept) => (0_u8, kept),
        Err(Refused::Type) => (1, Vec::new()),
        Err(Refused::Unreadable) => (2, Vec::new()),
        Err(Refused::TooManyPixels) => (3, Vec::new()),
    };
    let mut output = std::io::stdout().lock();
    let written = output.write_all(&[code]).and_then(|()| output.write_all(&kept)).and_then(|()| output.flush());
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Sets the limits of this process. Returns false if that is not possible.
#[cfg(unix)]
fn set_process_limits() -> bool {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    // If the existing hard limit is lower, the hard limit is used.
    let limit = |resource, most: u64| {
        let most = getrlimit(resource).maximum.map_or(most, |allowed| allowed.min(most));
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).is_ok()
    };
    // The address space is limited on Linux only. Other systems have no such limit, or their limit includes address space that is
    // not used.
    #[cfg(target_os = "linux")]
    let has_memory = limit(Resource::As, ADDRESS_SPACE);
    #[cfg(not(target_os = "linux"))]
    let has_memory = true;
    has_memory && limit(Resource::Cpu, PROCESSOR_S) && limit(Resource::Core, 0)
}

#[cfg(not(unix))]
fn set_process_limits() -> bool {
    true
}
