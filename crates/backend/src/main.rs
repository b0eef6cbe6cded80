//! The process: reads the configuration, opens the store, listens, and stops on a signal. With the argument `import` it imports orders
//! instead. Everything else is in the library.

use std::io::Write as _;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use doorstep_backend::app::App;
use doorstep_backend::config::Config;
use doorstep_backend::import::{self, ImportCommand};
use doorstep_backend::router::router;
use doorstep_backend::{helpdesk, mail, registration, server, startup, telemetry, webhook};
use doorstep_demo::Demo;
use doorstep_service::Service;
use doorstep_service::clock::Clock;
use doorstep_service::outbox::Transport;
use doorstep_service::photo::process::{self as photo_process, PhotoProcess};
use doorstep_service::store::{Kind, Store};
use doorstep_service::workers::keep_running;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Task of the process.
enum Command {
    /// Serves until a signal.
    Serve(Box<Config>),
    /// Imports orders and ends.
    Import(ImportCommand),
}

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == photo_process::ARGUMENT) {
        return photo_process::child();
    }
    let is_import = std::env::args_os().nth(1).is_some_and(|argument| argument == import::ARGUMENT);
    let command = if is_import {
        Command::Import(ImportCommand::parse_from(std::env::args_os().skip(1)))
    } else {
        Command::Serve(Box::new(Config::parse().with_demo_defaults()))
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| error.to_string());
    let served = runtime.and_then(|runtime| {
        let served = runtime.block_on(async {
            match command {
                Command::Serve(config) => run(*config).await,
                Command::Import(command) => import::run(command).await,
            }
        });
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
    // The workers count from their start on.
    let _ = telemetry::metrics();
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
        start_sender(sender, &state);
    }
    if let Some(sender) = registration::sender(&state.config)? {
        start_sender(sender, &state);
    }
    if let Some(mailer) = mail::sender(&state)?.map(Arc::new) {
        let (service, shutdown) = (state.service.clone(), state.shutdown.clone());
        keep_running(mailer.channel().as_str(), state.shutdown.clone(), move || {
            let (mailer, service, shutdown) = (mailer.clone(), service.clone(), shutdown.clone());
            async move { service.run_outbox(&*mailer, &shutdown).await }
        });
    }
    start_worker("photos", &state, Service::run_unused_photos);
    start_worker("shop-orders", &state, Service::run_shop_orders);
    let renewed = state.service.renew_number_keys().await.map_err(|error| format!("cannot key the order numbers: {error:?}"))?;
    if renewed > 0 {
        tracing::info!(renewed, "order numbers are found in the form of this version");
    }
    let retention = start_worker("cleaner", &state, Service::run_retention);
    // Transit statistics are computed before orders are recomputed. Otherwise the orders would first be recomputed without them and
    // then change again while shoppers watch.
    let computed = state.service.compute_transit_statistics().await;
    computed.map_err(|error| format!("cannot compute the transit statistics: {error:?}"))?;
    let recomputed = state.service.apply_policy().await.map_err(|error| format!("cannot recompute the orders: {error:?}"))?;
    if recomputed > 0 {
        tracing::info!(recomputed, "orders follow the policy as it is now");
    }
    start_worker("transit-statistics", &state, Service::run_transit_statistics);
    let recompute = start_worker("sweep", &state, Service::run_recompute);
    let demo = if state.config.demo { Some(start_demo(&state).await?) } else { None };
    // The parent process may have closed standard output. The backend serves all the same.
    let _ = writeln!(std::io::stdout(), "ready http://{address}/");
    let _ = std::io::stdout().flush();
    server::serve_with_caps(listener, router(state.clone()), state.connections.clone(), state.shutdown.clone()).await;
    if let Some(demo) = demo {
        demo.abort();
    }
    // The workers have stopped with the signal, or stop after their current transaction.
    let _ = recompute.await;
    let _ = retention.await;
    state.service.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Creates the demo's orders before the server accepts requests, and starts their clock.
async fn start_demo(state: &App) -> Result<tokio::task::JoinHandle<()>, String> {
    let demo = Demo::open(state.service.clone()).await?;
    Ok(tokio::spawn(demo.run(state.shutdown.clone())))
}

/// Keeps a sender of the outbox running until the shutdown.
fn start_sender(sender: impl Transport + Send + 'static, state: &App) {
    let (sender, service, shutdown) = (Arc::new(sender), state.service.clone(), state.shutdown.clone());
    let name = sender.channel().as_str();
    keep_running(name, state.shutdown.clone(), move || {
        let (sender, service, shutdown) = (sender.clone(), service.clone(), shutdown.clone());
        async move { service.run_outbox(&*sender, &shutdown).await }
    });
}

/// Keeps a worker of the service running until the shutdown.
fn start_worker<F>(name: &'static str, state: &App, run: fn(Service, CancellationToken) -> F) -> tokio::task::JoinHandle<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    let (service, shutdown) = (state.service.clone(), state.shutdown.clone());
    keep_running(name, state.shutdown.clone(), move || run(service.clone(), shutdown.clone()))
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
