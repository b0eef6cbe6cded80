//! Connections: accepts them, gives each a time to say what it wants, and lets them finish when the process is asked to stop.
//! Called by the binary, and by tests that need a real connection.

mod unstalled;

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// How long the head of a request may take; also ends connections that say nothing.
const HEADER_TIME: Duration = Duration::from_secs(15);
/// How long a write may wait for a peer that does not read.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// How long requests may take to finish after the signal.
const GRACE: Duration = Duration::from_secs(4);
/// The rest after a connection could not be accepted, mostly for want of file descriptors.
const BREATH: Duration = Duration::from_millis(50);

/// Serves until the shutdown, then lets what is running finish.
pub async fn serve(listener: TcpListener, router: Router, shutdown: CancellationToken) {
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIME);
    http.http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Some(HEADER_TIME))
        .max_concurrent_streams(100);
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = shutdown.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => connect(&http, &graceful, &router, stream, peer),
            Err(error) => rest(&error).await,
        }
    }
    drop(listener);
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections did not finish in time");
    }
}

fn connect(
    http: &auto::Builder<TokioExecutor>,
    graceful: &GracefulShutdown,
    router: &Router,
    stream: TcpStream,
    peer: SocketAddr,
) {
    // Events are small and should leave at once.
    let _ = stream.set_nodelay(true);
    let router = router.clone();
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let connection = http
        .serve_connection(TokioIo::new(unstalled::Unstalled::new(stream, WRITE_TIME)), service)
        .into_owned();
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(error, "connection ended");
        }
    });
}

async fn rest(error: &io::Error) {
    tracing::warn!(%error, "a connection was not accepted");
    tokio::time::sleep(BREATH).await;
}
