//! The process: reads the configuration, opens the store, listens, and stops on a signal. Everything else is in the library.

use std::io::Write as _;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use doorstep_backend::app::App;
use doorstep_backend::config::Config;
use doorstep_backend::router::router;
use doorstep_backend::{helpdesk, server, startup, telemetry, webhook};
use doorstep_demo::Demo;
use doorstep_service::clock::Clock;
use doorstep_service::keep_running::keep_running;
use doorstep_service::photo_process::{self, PhotoProcess};
use doorstep_service::store::{Kind, Store};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == photo_process::ARGUMENT) {
        return photo_process::child();
    }
    let config = Config::parse().with_demo_defaults();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| error.to_string());
    let served = runtime.and_then(|runtime| {
        let served = runtime.block_on(run(config));
        // A photo that is still being decoded is abandoned, because its request has ended.
        runtime.shutdown_background();
        served
    });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("doorstep-backend: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: Config) -> Result<(), String> {
    startup::check(&config)?;
    config.checked_secret()?;
    config.checked_policy()?;
    telemetry::start_logs(config.log_format, &config.log)?;
    let address = SocketAddr::new(config.bind, config.port);
    let file = config.database.clone().or_else(|| (!config.demo).then(|| "doorstep.db".into()));
    let kind = if config.demo { Kind::Demo } else { Kind::Shop };
    let store = Store::open_as(file.as_deref(), kind).await.map_err(|error| match &file {
        Some(file) => format!("cannot open the database {}: {error}", file.display()),
        None => format!("cannot open the database: {error}"),
    })?;
    let state = App::new(config, store, Clock::system())?;
    match tokio::task::spawn_blocking(PhotoProcess::start_from_here).await.map_err(|error| error.to_string()).flatten() {
        Ok(apart) => state.service.decode_photos_in(apart),
        Err(error) => tracing::warn!(error, "photos are decoded in this process: one that a decoder cannot cope with may end it"),
    }
    if state.config.admin_key.is_none() {
        tracing::warn!("no admin key is set: the admin API refuses everybody");
    }
    let listener = TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    end_on_signal(state.shutdown.clone())?;
    keep_running("metrics", state.shutdown.clone(), telemetry::keep_metrics_small);
    for sender in [helpdesk::sender(&state.config)?, webhook::sender(&state.config)?].into_iter().flatten() {
        let (sender, service, shutdown) = (Arc::new(sender), state.service.clone(), state.shutdown.clone());
        let name = sender.channel().as_str();
        keep_running(name, state.shutdown.clone(), move || {
            let (sender, service, shutdown) = (sender.clone(), service.clone(), shutdown.clone());
            async move { sender.keep_sending(&service, &shutdown).await }
        });
    }
    let photos = state.clone();
    keep_running("photos", state.shutdown.clone(), move || sweep_evidence(photos.clone()));
    let renewed =
        state.service.renew_number_keys().await.map_err(|problem| format!("cannot key the order numbers: {problem:?}"))?;
    if renewed > 0 {
        tracing::info!(renewed, "order numbers are found in the form of this version");
    }
    let (service, shutdown) = (state.service.clone(), state.shutdown.clone());
    let cleaner = keep_running("cleaner", state.shutdown.clone(), move || service.clone().clean(shutdown.clone()));
    // Transit times are learned before orders are settled. Otherwise the orders would first be settled without them and then
    // change again while shoppers watch.
    state.service.learn().await.map_err(|problem| format!("cannot learn what is usual: {problem:?}"))?;
    let settled = state.service.follow_policy().await.map_err(|problem| format!("cannot settle the orders: {problem:?}"))?;
    if settled > 0 {
        tracing::info!(settled, "orders follow the policy as it is now");
    }
    let (service, shutdown) = (state.service.clone(), state.shutdown.clone());
    let sweep = keep_running("sweep", state.shutdown.clone(), move || service.clone().sweep(shutdown.clone()));
    let demo = if state.config.demo { Some(start_demo(&state).await?) } else { None };
    // The parent process may have closed standard output. The backend serves all the same.
    let _ = writeln!(std::io::stdout(), "ready http://{address}/");
    let _ = std::io::stdout().flush();
    server::serve_within(listener, router(state.clone()), state.connections.clone(), state.shutdown.clone()).await;
    if let Some(demo) = demo {
        demo.abort();
    }
    // The workers have stopped with the signal, or stop after their current transaction.
    let _ = sweep.await;
    let _ = cleaner.await;
    state.service.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Creates the demo's orders before the server accepts requests, and starts their clock.
async fn start_demo(state: &App) -> Result<tokio::task::JoinHandle<()>, String> {
    let demo = Demo::open(state.service.clone()).await?;
    Ok(tokio::spawn(demo.run(state.shutdown.clone())))
}

/// Drops photos that were never part of a self-service request, every hour.
async fn sweep_evidence(state: App) {
    let mut hours = tokio::time::interval(std::time::Duration::from_secs(3_600));
    loop {
        tokio::select! {
            () = state.shutdown.cancelled() => return,
            _ = hours.tick() => match state.service.sweep_evidence().await {
                Ok(dropped) => tracing::debug!(dropped, "unused photos"),
                Err(problem) => tracing::error!(?problem, "unused photos were not dropped"),
            },
        }
    }
}

fn end_on_signal(shutdown: CancellationToken) -> Result<(), String> {
    let listen = |kind| signal(kind).map_err(|error| format!("cannot listen for signals: {error}"));
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        shutdown.cancel();
    });
    Ok(())
}
