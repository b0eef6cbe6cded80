//! Runs other programs, with their output shown or kept for the error message.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;

/// Returns a command that runs a program in this directory.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>, directory: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(directory);
    command
}

/// Returns a command for the Cargo that started this program. If this program was not started by Cargo, uses the Cargo on PATH.
pub(crate) fn cargo(directory: &Path) -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), directory)
}

/// Runs a command with its output shown. Fails when it cannot be started or ends with an exit code other than 0.
pub(crate) fn run(command: &mut Command, what_to_do: &str) -> Result<(), Failure> {
    let name = name(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("`{name}` ended with {status}"), what_to_do)),
        Err(error) => Err(Failure::new(format!("`{name}` could not be started: {error}"), what_to_do)),
    }
}

/// Runs a command and returns its standard output. When it fails, its standard error is part of the error.
pub(crate) fn output(command: &mut Command, what_to_do: &str) -> Result<String, Failure> {
    let name = name(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::new(format!("`{name}` could not be started: {error}"), what_to_do))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!("`{name}` ended with {}\n{}", output.status, errors.trim_end()), what_to_do))
}

/// Returns the version that a program reports: the second word of the output of `--version`. None when it cannot be started.
pub(crate) fn version(program: impl AsRef<std::ffi::OsStr>) -> Option<String> {
    let output = Command::new(program).arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split_whitespace().nth(1).map(str::to_owned)
}

/// Returns a path that opens the running program, even when a build has replaced its file since it started.
pub(crate) fn running_program() -> std::io::Result<PathBuf> {
    let link = PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && link.exists() { Ok(link) } else { std::env::current_exe() }
}

/// Returns the PATH of this process with these directories in front.
pub(crate) fn path_with(directories: &[PathBuf]) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = directories.iter().cloned().chain(std::env::split_paths(&path));
    std::env::join_paths(all).unwrap_or(path)
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let first = command.get_args().take(2).map(|argument| argument.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ");
    format!("{program} {first}").trim_end().to_owned()
}
