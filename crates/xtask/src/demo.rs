//! `cargo xtask demo`: builds everything and serves a demo shop with orders in every state. Ctrl-C ends it cleanly.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::process::{cargo, command};
use crate::workspace::{self, Workspace};
use crate::{process, site};

/// Time within which the backend has to listen, and a page has to be served. The backend has a third of it to stop.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn run(workspace: &Workspace, port: u16) -> Result<(), Failure> {
    let asked_to_stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&asked_to_stop))
            .map_err(|error| Failure::new(format!("signals cannot be caught: {error}"), "run it in an ordinary terminal"))?;
    }
    site::build(workspace)?;
    println!("building   the backend");
    process::run(
        cargo(&workspace.root).args(["build", "--quiet", "--locked", "--package", "doorstep-backend"]),
        "the first error above says what failed, in crates/backend/",
    )?;
    if asked_to_stop.load(Ordering::Relaxed) {
        return Ok(());
    }
    let mut backend = start(workspace, port)?;
    let result = watch(&mut backend, &asked_to_stop);
    stop(&mut backend);
    result
}

/// Starts the backend with an empty database.
fn start(workspace: &Workspace, port: u16) -> Result<Child, Failure> {
    let directory = workspace.target.join("demo");
    workspace::remove_dir(&directory)?;
    std::fs::create_dir_all(&directory).map_err(|error| Failure::file(&directory, &error))?;
    let mut backend = command(workspace.backend(), &workspace.root);
    backend.args(["--demo", "--port", &port.to_string(), "--api-base", "/api", "--site"]).arg(workspace.dist());
    backend.arg("--database").arg(directory.join("doorstep.sqlite"));
    backend.stdin(Stdio::null()).stdout(Stdio::piped());
    backend.spawn().map_err(|error| {
        Failure::new(format!("the backend could not be started: {error}"), "run `cargo build -p doorstep-backend`")
    })
}

/// Relays the backend's output until the backend ends or we are asked to stop. Holds the `ready` line back until the site answers. Fails
/// when the backend ends by itself or does not become ready in time.
fn watch(backend: &mut Child, asked_to_stop: &AtomicBool) -> Result<(), Failure> {
    let (sender, lines) = mpsc::channel();
    if let Some(output) = backend.stdout.take() {
        std::thread::spawn(move || BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    }
    let started = Instant::now();
    let mut ready = false;
    loop {
        if asked_to_stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        if let Ok(Some(status)) = backend.try_wait() {
            return Err(Failure::new(
                format!("the backend ended by itself with {status}"),
                "its last lines say why; when the port is taken, choose another with `--port`",
            ));
        }
        if !ready && started.elapsed() > PATIENCE {
            return Err(Failure::new("the backend did not become ready", "its lines above say how far it came"));
        }
        let Ok(line) = lines.recv_timeout(Duration::from_millis(100)) else {
            continue;
        };
        match line.strip_prefix("ready ").map(|address| address.trim().to_owned()) {
            Some(address) if !ready => {
                ready = true;
                answers(&address, asked_to_stop)?;
                announce(&address, &line);
            }
            Some(_) | None => println!("{line}"),
        }
    }
}

/// Waits until the gallery and the loader are served. Fails when one of them does not answer in time.
fn answers(address: &str, asked_to_stop: &AtomicBool) -> Result<(), Failure> {
    let host = address.trim_start_matches("http://").trim_end_matches('/');
    let started = Instant::now();
    for path in ["/", "/embed/v1/doorstep.js"] {
        while status(host, path) != Some(200) {
            if started.elapsed() > PATIENCE {
                return Err(Failure::new(
                    format!("{address} is up, but {path} does not answer"),
                    "look into dist/: is the file there?",
                ));
            }
            if asked_to_stop.load(Ordering::Relaxed) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    Ok(())
}

fn status(host: &str, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(host).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").ok()?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    std::str::from_utf8(head.get(9..12)?).ok()?.parse().ok()
}

fn announce(address: &str, line: &str) {
    let base = address.trim_end_matches('/');
    println!("\n  gallery    {base}/");
    println!("  API        {base}/api/v1/");
    println!("  loader     {base}/embed/v1/doorstep.js");
    println!("  admin key  demo-admin-key (as `Authorization: Bearer demo-admin-key`)");
    println!("  Ctrl-C ends it\n");
    println!("{line}");
    let _ = std::io::stdout().flush();
}

/// Asks the backend to close its database and end. Kills it when it has not ended after ten seconds.
fn stop(backend: &mut Child) {
    #[cfg(unix)]
    if let Some(pid) = i32::try_from(backend.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE / 3 {
            if !matches!(backend.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    let _ = backend.kill();
    let _ = backend.wait();
}
