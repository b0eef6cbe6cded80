//! `cargo xtask demo`: serves a demo shop with orders in every state. The backend and the gallery are started first. The widget,
//! whose build takes the longest, is added to the served files when it is built. Ctrl-C ends everything, including the builds.

use std::io::Write;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::backend::Backend;
use crate::background::Background;
use crate::failure::Failure;
use crate::process::{self, cargo, command};
use crate::site;
use crate::workspace::Workspace;

/// Maximum time after the writing of a file until it is served.
const SERVE_TIMEOUT: Duration = Duration::from_secs(30);

/// Path of the loader, which is the last file of the widget that is put in place.
const LOADER: &str = "/embed/v1/doorstep.js";

const SHOWS_NOTICE: &str = "the gallery says so, and loads it when it is there";
const SHOWS_EARLIER: &str = "until then the gallery shows the one of the last build";

/// Builds and serves everything until the backend ends or a signal requests the stop.
pub(crate) fn run(workspace: &Workspace, port: u16) -> Result<(), Failure> {
    let stop = Stop::on_signals()?;
    let earlier = workspace.dist().join(LOADER.trim_start_matches('/')).is_file();
    site::gallery(workspace)?;
    println!("building   the backend and, beside it, the widget");
    let (mut widget, mut compiler) = builds(workspace)?;
    if !stop.wait(|| widget.is_done().and(compiler.is_done()))? {
        return Ok(());
    }
    let mut backend = Backend::start(workspace, port)?;
    let listens = stop.wait(|| widget.is_done().and(backend.address().map(|address| address.is_some())))?;
    if !listens || !serves(&stop, &mut backend, "/")? {
        return Ok(());
    }
    let address = backend.address()?.unwrap_or_default().to_owned();
    announce(&address);
    if !widget.is_done()? {
        println!("building   the widget, for some minutes: {}", if earlier { SHOWS_EARLIER } else { SHOWS_NOTICE });
    }
    if !stop.wait(|| backend.address().and(widget.is_done()))? || !serves(&stop, &mut backend, LOADER)? {
        return Ok(());
    }
    println!("ready {address}");
    let _ = std::io::stdout().flush();
    stop.wait(|| backend.address().map(|_| false)).map(drop)
}

/// Starts the builds of the widget and of the backend side by side. They use different directories of Cargo, so that none waits.
fn builds(workspace: &Workspace) -> Result<(Background, Background), Failure> {
    let widget = Background::start(
        &mut widget_build(workspace)?,
        "the build of the widget",
        "the error above says what to do; then run `cargo xtask demo` again",
    )?;
    let backend = Background::start(
        cargo(&workspace.root).args(["build", "--quiet", "--locked", "--package", "doorstep-backend"]),
        "the build of the backend",
        "the first error above says what failed, in crates/backend/",
    )?;
    Ok((widget, backend))
}

/// Returns the command that builds the widget in another process of this program.
fn widget_build(workspace: &Workspace) -> Result<Command, Failure> {
    let program = process::running_program()
        .map_err(|error| Failure::new(format!("the running program cannot be found: {error}"), "run it by `cargo xtask demo`"))?;
    let mut widget = command(program, &workspace.root);
    widget.arg(site::WIDGET);
    Ok(widget)
}

/// Waits until the backend serves a file. Returns false if the stop is requested before; fails if the file is not served in time.
fn serves(stop: &Stop, backend: &mut Backend, path: &str) -> Result<bool, Failure> {
    let started = Instant::now();
    stop.wait(|| {
        backend.address()?;
        let served = backend.serves(path);
        if !served && started.elapsed() > SERVE_TIMEOUT {
            return Err(Failure::new(
                format!("the backend is up, but {path} does not answer"),
                "look into dist/: is the file there?",
            ));
        }
        Ok(served)
    })
}

fn announce(address: &str) {
    let base = address.trim_end_matches('/');
    println!("\n  gallery    {base}/");
    println!("  API        {base}/api/v1/");
    println!("  loader     {base}{LOADER}");
    println!("  admin key  demo-admin-key (as `Authorization: Bearer demo-admin-key`)");
    println!("  Ctrl-C ends it\n");
    let _ = std::io::stdout().flush();
}

/// Signal that a closed terminal sends; on systems without this signal, the signal of `kill`.
#[cfg(unix)]
const HANG_UP: i32 = signal_hook::consts::SIGHUP;
#[cfg(not(unix))]
const HANG_UP: i32 = signal_hook::consts::SIGTERM;

/// True if the command was asked to stop.
struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Catches the signals of Ctrl-C, of `kill` and of a terminal that is closed.
    fn on_signals() -> Result<Self, Failure> {
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, HANG_UP] {
            signal_hook::flag::register(signal, Arc::clone(&asked))
                .map_err(|error| Failure::new(format!("signals cannot be caught: {error}"), "run it in an ordinary terminal"))?;
        }
        Ok(Self(asked))
    }

    /// Waits until a condition holds. Returns false if the stop is requested before.
    fn wait(&self, mut holds: impl FnMut() -> Result<bool, Failure>) -> Result<bool, Failure> {
        while !self.0.load(Ordering::Relaxed) {
            match holds() {
                Ok(true) => return Ok(true),
                Ok(false) => std::thread::sleep(Duration::from_millis(100)),
                // The signal may have ended the backend before this process noticed it. Then the failure is only a result of the
                // stop.
                Err(_) if self.0.load(Ordering::Relaxed) => return Ok(false),
                Err(failure) => return Err(failure),
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(asked: bool) -> Stop {
        Stop(Arc::new(AtomicBool::new(asked)))
    }

    #[test]
    fn waiting_ends_with_the_condition_with_a_failure_or_when_we_are_asked_to_stop() {
        let mut asked = 0;
        let reached = stop(false).wait(|| {
            asked += 1;
            Ok(asked == 3)
        });
        assert!(reached.is_ok_and(|reached| reached) && asked == 3);
        assert!(stop(false).wait(|| Err(Failure::new("it does not compile", "correct it"))).is_err());
        assert!(stop(true).wait(|| Ok(true)).is_ok_and(|reached| !reached));
    }

    #[test]
    fn a_child_that_ends_by_the_signal_that_ends_us_is_no_failure() {
        let stop = stop(false);
        let asked = Arc::clone(&stop.0);
        let reached = stop.wait(|| {
            asked.store(true, Ordering::Relaxed);
            Err(Failure::new("the backend ended", "read its last lines"))
        });
        assert!(reached.is_ok_and(|reached| !reached));
    }
}
