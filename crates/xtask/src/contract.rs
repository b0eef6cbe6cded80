//! The step `contract`: a generator reads the backend's OpenAPI document and tests the real process against it. Requests that the document
//! allows must be accepted. Requests that the document forbids must be refused. The document must describe every response.
//!
//! The generator is schemathesis, a Python package. It is installed once per user, in exactly the versions and files of
//! `crates/xtask/schemathesis/requirements.txt`. Its settings and hooks for this API are in the same directory.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::failure::Failure;
use crate::process::{self, command};
use crate::workspace::{self, Workspace};
use crate::{debian, tools};

const ADMIN_KEY: &str = "demo-admin-key";
/// Time limit of all phases together, in seconds. It ends fuzzing and stateful testing; the other phases end earlier.
const MAX_TIME: &str = "120";
const PYTHON: &str = "Python 3.11 or newer with its module venv is needed (on Debian: apt-get install python3 python3-venv)";

/// A running backend and the generator that tests it. The caller runs the command and keeps its output.
pub(crate) struct Contract {
    backend: Backend,
    program: PathBuf,
    address: String,
}

/// A process that is killed when this value is dropped.
struct Backend(Child);

impl Drop for Backend {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Contract {
    /// Installs the generator when it is missing, and starts the demo on a free port with everything in memory.
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

    /// Returns the command that runs the generator.
    pub(crate) fn command(&self, workspace: &Workspace) -> Command {
        let settings = workspace.root.join("crates/xtask/schemathesis");
        let mut run = command(&self.program, &workspace.target);
        run.arg("--config-file").arg(settings.join("schemathesis.toml"));
        run.args(["run", &format!("{}/v1/openapi.json", self.address), "--url", &self.address, "--max-time", MAX_TIME]);
        run.env("SCHEMATHESIS_HOOKS", settings.join("hooks.py")).env("PYTHONDONTWRITEBYTECODE", "1");
        run.env("DOORSTEP_BASE", &self.address).env("DOORSTEP_ADMIN_KEY", ADMIN_KEY).env("NO_COLOR", "1");
        run
    }

    /// Ends the backend. Fails if it had already ended by itself.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        match self.backend.0.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(Failure::new(format!("the backend ended with {status}"), "see its last lines in the log")),
            Err(error) => Err(Failure::new(format!("the backend is gone: {error}"), "see its last lines in the log")),
        }
    }
}

/// Returns the path of the generator. Installs it when it is not there in the required versions.
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

/// Makes a Python environment. On Debian as root, installs the packages that this needs when they are missing.
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
