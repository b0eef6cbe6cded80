//! Runs a command in parallel with this process, in a process group of its own, so that all processes that it starts end with it.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// A command that runs in parallel. It is ended when this value is dropped.
pub(crate) struct Background {
    child: Child,
    name: &'static str,
    what_to_do: &'static str,
    done: bool,
}

impl Background {
    /// Starts a command. `name` describes it in error messages.
    pub(crate) fn start(command: &mut Command, name: &'static str, what_to_do: &'static str) -> Result<Self, Failure> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        match command.stdin(Stdio::null()).spawn() {
            Ok(child) => Ok(Self { child, name, what_to_do, done: false }),
            Err(error) => Err(Failure::new(format!("{name} could not be started: {error}"), what_to_do)),
        }
    }

    /// Returns true once the command has succeeded, and false while it is running. Fails if the command has failed.
    pub(crate) fn is_done(&mut self) -> Result<bool, Failure> {
        match self.child.try_wait() {
            Ok(None) => Ok(false),
            Ok(Some(status)) => {
                self.done = status.success();
                if self.done {
                    Ok(true)
                } else {
                    Err(Failure::new(format!("{} ended with {status}", self.name), self.what_to_do))
                }
            }
            Err(error) => Err(Failure::new(format!("{} cannot be watched: {error}", self.name), self.what_to_do)),
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if !self.done {
            end(&mut self.child, Duration::from_secs(2));
        }
    }
}

/// Asks the child's process group to end, waits for the child, and then kills the remaining processes of the group.
fn end(child: &mut Child, timeout: Duration) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::TERM);
        ended_within(child, timeout);
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Waits for a child. Returns false if it is still running after this time.
pub(crate) fn ended_within(child: &mut Child, timeout: Duration) -> bool {
    let asked = Instant::now();
    while matches!(child.try_wait(), Ok(None)) {
        if asked.elapsed() > timeout {
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    true
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Background {
        Background::start(Command::new("sh").args(["-c", script]), "the script", "correct it").unwrap()
    }

    fn outcome(background: &mut Background) -> Result<bool, Failure> {
        ended_within(&mut background.child, Duration::from_secs(30));
        background.is_done()
    }

    #[test]
    fn a_command_that_fails_is_not_taken_for_one_that_is_done() {
        assert!(outcome(&mut shell("exit 0")).is_ok_and(|done| done));
        let failure = outcome(&mut shell("exit 3")).unwrap_err().to_string();
        assert_eq!(failure, "the script ended with exit status: 3\n  → correct it");
        assert!(shell("sleep 60").is_done().is_ok_and(|done| !done));
    }

    #[test]
    fn what_a_command_has_started_ends_with_it() {
        let directory = crate::workspace::Workspace::find().target.join("xtask-tests");
        std::fs::create_dir_all(&directory).unwrap();
        let file = directory.join("grandchild");
        let _ = std::fs::remove_file(&file);
        // Neither the shell nor its child ends on SIGTERM.
        let stubborn = shell(&format!("trap '' TERM; sleep 60 & echo $! > '{}'; wait; sleep 60", file.display()));
        let started = Instant::now();
        let pid = loop {
            let written = std::fs::read_to_string(&file).unwrap_or_default();
            if let (true, Ok(pid)) = (written.ends_with('\n'), written.trim().parse()) {
                break rustix::process::Pid::from_raw(pid).unwrap();
            }
            assert!(started.elapsed() < Duration::from_secs(30));
            std::thread::sleep(Duration::from_millis(10));
        };
        drop(stubborn);
        while rustix::process::test_kill_process(pid).is_ok() {
            assert!(started.elapsed() < Duration::from_secs(30));
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
