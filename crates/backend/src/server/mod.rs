//! Connections: accepts them, limits the time of a request head, and lets running requests finish at the shutdown. Called by the
//! binary, and by tests that need a real connection.

mod write_timeout;

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use self::write_timeout::WriteTimeout;
use crate::limits::connections::{Connected, ConnectionCaps};

/// Maximum duration of receiving the head of a request. Also ends idle connections.
const HEADER_TIME: Duration = Duration::from_secs(15);
/// Write timeout for a client that stops reading.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// Time that running requests have to finish after the shutdown has begun.
const GRACE: Duration = Duration::from_secs(4);
/// Pause after a connection could not be accepted, usually because there are no free file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves until the shutdown, then lets running requests finish.
pub async fn serve(listener: TcpListener, router: Router, shutdown: CancellationToken) {
    serve_with_caps(listener, router, ConnectionCaps::new(usize::MAX, usize::MAX, &[]), shutdown).await;
}

/// Serves like `serve`, with limits of connections. A connection above the limits is closed unread.
pub async fn serve_with_caps(listener: TcpListener, router: Router, caps: ConnectionCaps, shutdown: CancellationToken) {
    // Browsers use HTTP/2 only over TLS, which ends at the proxy.
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME);
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = shutdown.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Some(connected) = caps.open(peer.ip()) else {
                    metrics::counter!("doorstep_connections_refused_total").increment(1);
                    continue;
                };
                let connection = Connection { http: http.clone(), router: router.clone(), stream, peer, _connected: connected };
                tokio::spawn(connection.serve(graceful.watcher(), shutdown.clone()));
            }
            Err(error) => pause_after(&error).await,
        }
    }
    drop(listener);
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections did not finish in time");
    }
}

struct Connection {
    http: http1::Builder,
    router: Router,
    stream: TcpStream,
    peer: SocketAddr,
    _connected: Connected,
}

impl Connection {
    async fn serve(self, watcher: Watcher, shutdown: CancellationToken) {
        let Self { http, router, stream, peer, _connected } = self;
        // Events are small and are sent without delay.
        let _ = stream.set_nodelay(true);
        // Hyper's timeout of the head starts with its first byte. This timeout ends connections that never send a byte.
        tokio::select! {
            () = shutdown.cancelled() => return,
            spoken = tokio::time::timeout(HEADER_TIME, stream.readable()) => if spoken.is_err() { return },
        }
        let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request.map(Body::new))
        });
        let connection = http.serve_connection(TokioIo::new(WriteTimeout::new(stream, WRITE_TIME)), service);
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(%error, "connection ended");
        }
    }
}

async fn pause_after(error: &io::Error) {
    tracing::warn!(%error, "a connection was not accepted");
    tokio::time::sleep(ACCEPT_PAUSE).await;
}
