//! The step `contract`: a generator reads the backend's OpenAPI document and holds the real process against it. Requests that the
//! document allows have to be accepted, those that it forbids refused, and every answer has to be described.
//!
//! The generator is schemathesis, a Python package. It is installed once per user, in exactly the versions and files of
//! `crates/xtask/schemathesis/requirements.txt`; what it has to know about this API stands beside that.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::failure::Failure;
use crate::process::{self, command};
use crate::workspace::{self, Workspace};
use crate::{debian, tools};

const ADMIN_KEY: &str = "demo-admin-key";
/// Seconds for all phases together: fuzzing and stateful testing end then, the others before.
const MAX_TIME: &str = "120";
const PYTHON: &str = "Python 3.11 or newer with its module venv is needed (on Debian: apt-get install python3 python3-venv)";

/// The command that holds a running backend against its document; the caller runs it and keeps what it prints.
pub(crate) struct Contract {
    backend: Backend,
    program: PathBuf,
    address: String,
}

/// A process that ends with its owner.
struct Backend(Child);

impl Drop for Backend {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Contract {
    /// Installs the generator where it is missing and starts the demo on a free port, with everything in memory.
    pub(crate) fn start(workspace: &Workspace) -> Result<Self, Failure> {
        let program = ensure(workspace)?;
        let mut backend = command(workspace.backend(), &workspace.root);
        backend.args(["--demo", "--port", "0", "--log", "warn"]).stdin(Stdio::null()).stdout(Stdio::piped());
        let started = backend.spawn().map_err(|error| {
            Failure::new(format!("the backend could not be started: {error}"), "run `cargo build -p doorstep-backend`")
        });
        let mut backend = Backend(started?);
        let mut ready = String::new();
        if let Some(output) = backend.0.stdout.take() {
            let _ = BufReader::new(output).read_line(&mut ready);
        }
        let address = ready.trim().strip_prefix("ready ").map(|address| address.trim_end_matches('/').to_owned());
        let address = address
            .ok_or_else(|| Failure::new("the backend did not become ready", "run `cargo run -p doorstep-backend -- --demo`"))?;
        Ok(Self { backend, program, address })
    }

    /// The run of the generator.
    pub(crate) fn command(&self, workspace: &Workspace) -> Command {
        let settings = workspace.root.join("crates/xtask/schemathesis");
        let mut run = command(&self.program, &workspace.target);
        run.arg("--config-file").arg(settings.join("schemathesis.toml"));
        run.args(["run", &format!("{}/v1/openapi.json", self.address), "--url", &self.address, "--max-time", MAX_TIME]);
        run.env("SCHEMATHESIS_HOOKS", settings.join("hooks.py")).env("PYTHONDONTWRITEBYTECODE", "1");
        run.env("DOORSTEP_BASE", &self.address).env("DOORSTEP_ADMIN_KEY", ADMIN_KEY).env("NO_COLOR", "1");
        run
    }

    /// Whether the backend has come through it.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        match self.backend.0.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(Failure::new(format!("the backend ended with {status}"), "see its last lines in the log")),
            Err(error) => Err(Failure::new(format!("the backend is gone: {error}"), "see its last lines in the log")),
        }
    }
}

/// The program of the generator; installs it when it is not there in the versions that are asked for.
fn ensure(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let requirements = workspace.root.join("crates/xtask/schemathesis/requirements.txt");
    let wanted = workspace::read(&requirements)?;
    let directory = tools::cache()?.join("schemathesis");
    let (stamp, program) = (directory.join("requirements.txt"), directory.join("bin/schemathesis"));
    if program.is_file() && std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(program);
    }
    println!("installing schemathesis (about a minute, once per user)");
    workspace::remove_dir(&directory)?;
    make_environment(&directory)?;
    let mut install = command(directory.join("bin/python"), &workspace.root);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--requirement"]);
    process::run(install.arg(&requirements), "check the network, and that Python is 3.11 or newer")?;
    workspace::write(&stamp, &wanted)?;
    Ok(program)
}

/// Makes an environment of its own; on Debian as root, what it takes is installed when it is missing.
fn make_environment(directory: &Path) -> Result<(), Failure> {
    let make = || {
        let mut venv = Command::new("python3");
        venv.args(["-m", "venv", "--clear"]).arg(directory).stdin(Stdio::null());
        process::output(&mut venv, PYTHON).map(drop)
    };
    let Err(failure) = make() else { return Ok(()) };
    if !debian::is_root_on_debian() {
        return Err(failure);
    }
    debian::install(&["python3", "python3-venv"], PYTHON)?;
    make()
}
