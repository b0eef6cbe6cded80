//! Decodes photos in a process of its own, with its own limits of memory and time. The container of a file is walked before a decoder sees it,
//! but what is coded inside can still ask for far more than it should (ten thousands of tables in a lossless WebP), never end, or make a
//! decoder abort; then that process ends, and not the one that serves everybody. The child is this binary once more, without its
//! environment: it has no secret, no file and no connection. Used by the service; the child's side is called by the binary.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use crate::domain::evidence::{Refused, clean};

/// What the binary is called with to be the child.
pub const ARGUMENT: &str = "decode-photo";
/// Address space of the child, in bytes: the largest photo that is taken needs a third of it.
#[cfg(target_os = "linux")]
const ADDRESS_SPACE: u64 = 768 * 1_024 * 1_024;
/// Processor time of the child, in seconds: the largest photo that is taken needs about one.
#[cfg(unix)]
const PROCESSOR_S: u64 = 20;
/// Bytes that the child reads at most; how many a photo may have, the policy says.
const MAX_INPUT: u64 = 256 * 1_024 * 1_024;

/// Where photos are decoded.
#[derive(Clone, Debug)]
pub struct PhotoProcess {
    program: PathBuf,
}

impl PhotoProcess {
    /// Returns a way to decode photos apart, if this machine lets this binary start itself.
    pub fn start_from_here() -> Result<Self, String> {
        // By this name the binary that runs is found also where a new one has taken its place.
        let itself = PathBuf::from("/proc/self/exe");
        let program = if itself.exists() { itself } else { std::env::current_exe().map_err(|error| error.to_string())? };
        let process = Self { program };
        match process.clean(b"no photo") {
            Ok(Err(Refused::Type)) => Ok(process),
            Ok(other) => Err(format!("the process answered {other:?}")),
            Err(error) => Err(error),
        }
    }

    /// Returns the photo as it is kept, or why it was refused; an error says why there was no process. Blocks until it is done.
    pub fn clean(&self, photo: &[u8]) -> Result<Result<Vec<u8>, Refused>, String> {
        let mut command = Command::new(&self.program);
        command.arg(ARGUMENT).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| format!("a process for a photo cannot be started: {error}"))?;
        if let Some(mut input) = child.stdin.take() {
            // It reads to the end before it answers. One that has ended already says so by its answer.
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

/// Is the child: reads a photo, limits itself, and writes what became of the photo.
pub fn child() -> ExitCode {
    let mut photo = Vec::new();
    let read = std::io::stdin().lock().take(MAX_INPUT).read_to_end(&mut photo);
    if read.is_err() || !limit_itself() {
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

/// Sets the limits of this process; whether that was possible.
#[cfg(unix)]
fn limit_itself() -> bool {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    // Where less is allowed already, it stays so.
    let limit = |resource, most: u64| {
        let most = getrlimit(resource).maximum.map_or(most, |allowed| allowed.min(most));
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).is_ok()
    };
    // Elsewhere than on Linux the address space cannot be limited, or counts what is not used.
    #[cfg(target_os = "linux")]
    let has_memory = limit(Resource::As, ADDRESS_SPACE);
    #[cfg(not(target_os = "linux"))]
    let has_memory = true;
    has_memory && limit(Resource::Cpu, PROCESSOR_S) && limit(Resource::Core, 0)
}

#[cfg(not(unix))]
fn limit_itself() -> bool {
    true
}
