//! Runs the reference backend as a child process, for the demo.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crate::background;
use crate::failure::Failure;
use crate::process::command;
use crate::workspace::{self, Workspace};

/// Maximum time until the backend listens. A third of this time is the maximum for its shutdown.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A running backend. It is ended when this value is dropped.
pub(crate) struct Backend {
    child: Child,
    lines: Receiver<String>,
    started: Instant,
    /// Address from the line `ready …`; None until the backend has printed that line.
    address: Option<String>,
}

impl Backend {
    /// Starts the backend with an empty database and `dist/` as its site.
    pub(crate) fn start(workspace: &Workspace, port: u16) -> Result<Self, Failure> {
        let directory = workspace.target.join("demo");
        workspace::remove_dir(&directory)?;
        std::fs::create_dir_all(&directory).map_err(|error| Failure::file(&directory, &error))?;
        let mut backend = command(workspace.backend(), &workspace.root);
        backend.args(["--demo", "--port", &port.to_string(), "--api-base", "/api", "--site"]).arg(workspace.dist());
        backend.arg("--database").arg(directory.join("doorstep.sqlite"));
        Self::spawn(backend)
    }

    /// Starts the backend on a free port, with everything in memory.
    pub(crate) fn start_in_memory(workspace: &Workspace) -> Result<Self, Failure> {
        let mut backend = command(workspace.backend(), &workspace.root);
        backend.args(["--demo", "--port", "0", "--api-base", "/api", "--log", "warn"]);
        Self::spawn(backend)
    }

    fn spawn(mut backend: Command) -> Result<Self, Failure> {
        backend.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = backend.spawn().map_err(|error| {
            Failure::new(format!("the backend could not be started: {error}"), "run `cargo build -p doorstep-backend`")
        })?;
        let (sender, lines) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            std::thread::spawn(move || {
                BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
            });
        }
        Ok(Self { child, lines, started: Instant::now(), address: None })
    }

    /// Prints the lines that the backend has written, and returns its address. If the backend does not listen yet, returns None.
    /// The line `ready …` is not printed, because the demo is ready only later. Fails if the backend has ended by itself or does
    /// not listen in time.
    pub(crate) fn address(&mut self) -> Result<Option<&str>, Failure> {
        if let Ok(Some(status)) = self.child.try_wait() {
            return Err(Failure::new(
                format!("the backend ended by itself with {status}"),
                "its last lines say why; when the port is taken, choose another with `--port`",
            ));
        }
        for line in self.lines.try_iter() {
            match line.strip_prefix("ready ") {
                Some(address) if self.address.is_none() => self.address = Some(address.trim().to_owned()),
                Some(_) | None => println!("{line}"),
            }
        }
        if self.address.is_none() && self.started.elapsed() > START_TIMEOUT {
            return Err(Failure::new("the backend did not become ready", "its lines above say how far it came"));
        }
        Ok(self.address.as_deref())
    }

    /// Returns true if the backend serves the file at this path.
    pub(crate) fn serves(&self, path: &str) -> bool {
        let address = self.address.as_deref().unwrap_or_default();
        status(address.trim_start_matches("http://").trim_end_matches('/'), path) == Some(200)
    }
}

impl Drop for Backend {
    /// Asks the backend to close its database and end. Kills it if it has not ended in time.
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw)
            && matches!(self.child.try_wait(), Ok(None))
        {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
            if background::ended_within(&mut self.child, START_TIMEOUT / 3) {
                return;
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn status(host: &str, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(host).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").ok()?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    std::str::from_utf8(head.get(9..12)?).ok()?.parse().ok()
}
