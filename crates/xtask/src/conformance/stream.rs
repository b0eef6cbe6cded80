//! Checks the stream: server-sent events with the complete document. A reader that reconnects resumes at its version.

use std::collections::VecDeque;
use std::time::Duration;

use doorstep_core::client::OrderEndpoint;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::caching::forbids_caching;
use super::event_stream::{Parser, StreamEvent};
use super::http::{CheckRequest, TIME, media_type};
use super::report::{Check, CheckResult, OWN_API};
use super::run::Run;
use super::tokens::changed;

const OPENS: Check = Check::must(
    "stream.opens",
    OWN_API,
    "200 with `text/event-stream`",
    "serve `GET {api}/v1/orders/{id}/stream` as text/event-stream, or say `\"stream\": false` in the order: it is polled then",
);
const EVENT: Check = Check::must(
    "stream.event",
    OWN_API,
    "at once an event named `order`",
    "send the document as it is when the stream opens, below `event: order`; events of other names are passed over",
);
const ID: Check = Check::must(
    "stream.id",
    OWN_API,
    "`id:` is the version of the document",
    "send `id: 17` with version 17; by it the stream goes on where it broke off",
);
const DATA: Check = Check::must(
    "stream.data",
    OWN_API,
    "`data:` is the order document",
    "send the whole document on one line, the same as `GET {api}/v1/orders/{id}` answers",
);
const RESUMES: Check = Check::must(
    "stream.resumes",
    OWN_API,
    "nothing again that `Last-Event-ID` says is there",
    "compare `Last-Event-ID` with the version, and wait for the next change when they are the same",
);
const CACHE_CONTROL: Check = Check::must(
    "stream.cache-control",
    OWN_API,
    "`Cache-Control: private, no-store`",
    "send `Cache-Control: private, no-store`: the stream is as personal as the order",
);
const REFUSED: Check = Check::must(
    "stream.refused",
    OWN_API,
    "404 with a wrong token",
    "check the token of the stream as that of the order, with the same refusal",
);
const UNBUFFERED: Check = Check::should(
    "stream.unbuffered",
    OWN_API,
    "`X-Accel-Buffering: no`",
    "send the header `X-Accel-Buffering: no`, or nginx collects the events and makes them late",
);
const KEEP_ALIVE: Check = Check::should(
    "stream.keep-alive",
    OWN_API,
    "a comment within 20 seconds of silence",
    "send a line that begins with a colon every 15 seconds, or something on the way closes the connection",
);

const EVENT_CHECKS: [&Check; 6] = [&EVENT, &ID, &DATA, &RESUMES, &CACHE_CONTROL, &UNBUFFERED];
/// Time to wait for an event that repeats the version which the reader already has.
const REPEAT_WAIT: Duration = Duration::from_secs(2);
const SILENCE: Duration = Duration::from_secs(20);

pub(super) async fn check(run: &mut Run<'_>) {
    let streams = run.order.as_ref().is_some_and(|order| order.get("stream") == Some(&Value::Bool(true)));
    if !streams || run.options.leaves_out("stream") {
        let why = if streams { "--without stream" } else { "the order says that there is no stream" };
        run.report.skip(&[&OPENS, &REFUSED, &KEEP_ALIVE], why);
        return run.report.skip(&EVENT_CHECKS, why);
    }
    let wrong = OrderEndpoint { token: Some(changed(&run.options.token)), ..run.access.clone() };
    let refused = run.client.send(CheckRequest::of("the stream with a wrong token", wrong.stream(0))).await;
    run.report.add(&REFUSED, refused.passes_with(404));
    match Stream::open(run, 0).await {
        Ok(stream) => {
            run.report.add(&OPENS, CheckResult::Passed);
            follow(run, stream).await;
        }
        Err(what) => {
            run.report.add(&OPENS, CheckResult::Failed(what));
            run.report.skip(&EVENT_CHECKS, "the stream did not open");
            run.report.skip(&[&KEEP_ALIVE], "the stream did not open");
        }
    }
}

async fn follow(run: &mut Run<'_>, mut stream: Stream) {
    run.report.add(&CACHE_CONTROL, forbids_caching(&stream.cache_control));
    run.report.add(&UNBUFFERED, CheckResult::when(stream.unbuffered, || "the header is missing".to_owned()));
    let first = stream.event(TIME).await;
    let version = first.as_ref().and_then(|event| first_event(run, event));
    if first.is_none() {
        let description = format!("no event within {} seconds", TIME.as_secs());
        run.report.add(&EVENT, CheckResult::Failed(description));
        run.report.skip(&[&ID, &DATA], "the stream sent no event");
    }
    match version {
        Some(version) => resume(run, version).await,
        None => run.report.skip(&[&RESUMES], "the stream sent no version"),
    }
    if run.options.slow {
        let has_comment_line = stream.comment(SILENCE).await;
        run.report.add(&KEEP_ALIVE, CheckResult::when(has_comment_line, || "silence, or the end".to_owned()));
    } else {
        run.report.skip(&[&KEEP_ALIVE], "--slow was not given");
    }
}

/// Checks the first event. Returns the version of its document.
fn first_event(run: &mut Run<'_>, event: &StreamEvent) -> Option<u64> {
    let named = event.name == "order";
    run.report.add(&EVENT, CheckResult::when(named, || format!("an event named `{}`", event.name)));
    let document: Option<Value> = serde_json::from_str(&event.data).ok();
    let version = document.as_ref().and_then(|document| document.get("version")?.as_u64());
    let id = event.id.clone().unwrap_or_default();
    let right = version.is_some_and(|version| id == run.tag(version));
    let description = || match version {
        Some(version) if id.is_empty() => format!("no `id:`, version {version}"),
        Some(version) => format!("`id: {id}`, version {version}"),
        None => "no document to compare it with".to_owned(),
    };
    run.report.add(&ID, CheckResult::when(right, description));
    let result = match &document {
        Some(document) => CheckResult::of(&document_faults(run, document)),
        None => CheckResult::Failed("something that is no JSON".to_owned()),
    };
    run.report.add(&DATA, result);
    version
}

fn document_faults(run: &Run<'_>, document: &Value) -> Vec<String> {
    let same = document.get("id") == run.order.as_ref().and_then(|order| order.get("id"));
    let missing = ["id", "number", "version"].into_iter().filter(|field| document.get(field).is_none());
    let mut wrong: Vec<String> = missing.map(|field| format!("/{field}: is missing")).collect();
    if !same && wrong.is_empty() {
        wrong.push("/id: another order".to_owned());
    }
    wrong
}

async fn resume(run: &mut Run<'_>, version: u64) {
    let result = match Stream::open(run, version).await {
        Err(what) => CheckResult::Failed(what),
        Ok(mut stream) => match stream.receive(Instant::now() + REPEAT_WAIT).await {
            Received::Event(event) if event.id == Some(run.tag(version)) => {
                CheckResult::Failed(format!("version {version} again"))
            }
            Received::Ended => CheckResult::Failed("the end of the stream".to_owned()),
            // An event with another id reports a change that happened in the meantime.
            Received::Event(_) | Received::Comment | Received::Nothing => CheckResult::Passed,
        },
    };
    run.report.add(&RESUMES, result);
}

/// Result of waiting for data from a stream.
enum Received {
    Event(StreamEvent),
    Comment,
    Nothing,
    Ended,
}

/// An open stream.
struct Stream {
    body: Incoming,
    parser: Parser,
    events: VecDeque<StreamEvent>,
    line_begins: bool,
    cache_control: String,
    unbuffered: bool,
}

impl Stream {
    async fn open(run: &Run<'_>, version: u64) -> Result<Self, String> {
        let response = run.client.open(CheckRequest::of("the stream", run.access.stream(version))).await?;
        let header =
            |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let (status, kind) = (response.status().as_u16(), media_type(&header("content-type")));
        if status != 200 || kind != "text/event-stream" {
            return Err(format!("{status}, {kind}"));
        }
        let unbuffered = header("x-accel-buffering").eq_ignore_ascii_case("no");
        let (cache_control, body) = (header("cache-control"), response.into_body());
        Ok(Self { body, parser: Parser::default(), events: VecDeque::new(), line_begins: true, cache_control, unbuffered })
    }

    /// Returns the next event or comment that is received before the deadline.
    async fn receive(&mut self, deadline: Instant) -> Received {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Received::Event(event);
            }
            let chunk = match timeout_at(deadline, self.body.frame()).await {
                Err(_) => return Received::Nothing,
                Ok(None | Some(Err(_))) => return Received::Ended,
                Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
            };
            self.events.extend(self.parser.feed(&chunk));
            if self.has_comment(&chunk) && self.events.is_empty() {
                return Received::Comment;
            }
        }
    }

    fn has_comment(&mut self, chunk: &[u8]) -> bool {
        let mut found = false;
        for byte in chunk {
            found |= self.line_begins && *byte == b':';
            self.line_begins = matches!(byte, b'\n' | b'\r');
        }
        found
    }

    async fn event(&mut self, within: Duration) -> Option<StreamEvent> {
        let deadline = Instant::now() + within;
        loop {
            match self.receive(deadline).await {
                Received::Event(event) => return Some(event),
                Received::Comment => {}
                Received::Nothing | Received::Ended => return None,
            }
        }
    }

    async fn comment(&mut self, within: Duration) -> bool {
        loop {
            // An event ends the silence, so the wait starts again.
            match self.receive(Instant::now() + within).await {
                Received::Comment => return true,
                Received::Event(_) => {}
                Received::Nothing | Received::Ended => return false,
            }
        }
    }
}
