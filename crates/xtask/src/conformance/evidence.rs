//! Checks photos that shoppers send: other files are refused, a repeated photo is kept once, and metadata of the telephone is removed.

use doorstep_core::client::{OrderEndpoint, segment};
use serde_json::Value;

use super::http::{Answer, CheckRequest};
use super::report::{Check, CheckResult, NO_ORDER, REQUESTS, TOKENS};
use super::run::Run;
use super::tokens::changed;

const REFUSED: Check = Check::must(
    "evidence.refused",
    TOKENS,
    "404 for a photo with a wrong token, as for the order",
    "check the token before the photo is read: its bytes are the most expensive that anybody can send",
);
const KEY: Check = Check::must(
    "evidence.key",
    REQUESTS,
    "400 for a photo without an `Idempotency-Key`",
    "refuse photos without a key: a bad connection sends them again",
);
const TYPE: Check = Check::must(
    "evidence.type",
    REQUESTS,
    "415 for a picture that is no JPEG, PNG or WebP",
    "take these three only: an SVG can hold a script, and your people open what shoppers send",
);
const DISGUISED: Check = Check::must(
    "evidence.disguised",
    REQUESTS,
    "415 or 422 for an SVG that calls itself a PNG",
    "decide by the first bytes what it is, not by the header, and decode it before it is kept",
);
const STORED: Check = Check::must(
    "evidence.stored",
    REQUESTS,
    "201 with the photo's `id`",
    "answer a photo with 201 and `{\"id\": \"…\"}`, which requests name under `evidence`",
);
const ONCE: Check = Check::must(
    "evidence.once",
    REQUESTS,
    "the same `id`, when the same photo comes again with the same key",
    "keep the answer with its `Idempotency-Key`, or a photo that was sent again counts twice",
);
const CLEAN: Check = Check::must(
    "evidence.clean",
    REQUESTS,
    "a photo that has lost its metadata when it is read back",
    "decode the photo and write it anew: EXIF says where it was taken, which is where the shopper lives",
);
const FILE: Check = Check::should(
    "evidence.file",
    REQUESTS,
    "a photo that is read back as a file, with `nosniff`",
    "send `Content-Disposition: attachment` and `X-Content-Type-Options: nosniff` with it",
);

/// Checks that change nothing.
const REFUSALS: [&Check; 4] = [&REFUSED, &KEY, &TYPE, &DISGUISED];
/// Checks that store a photo.
const STORING: [&Check; 4] = [&STORED, &ONCE, &CLEAN, &FILE];

/// A JPEG of eight by eight pixels, with a place and a maker in its EXIF.
const PHOTO: &[u8] = include_bytes!("photo.jpg");
/// Texts of the metadata: the maker, and the beginning of EXIF.
const METADATA_TEXTS: [&str; 2] = ["Conformance", "Exif"];
const DRAWING: &[u8] = br#"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><script/></svg>"#;

pub(super) async fn check(run: &mut Run<'_>) {
    if let Some(why) = reason_to_skip(run) {
        run.report.skip(&REFUSALS, &why);
        return run.report.skip(&STORING, &why);
    }
    let key = run.key();
    let access = OrderEndpoint { token: Some(changed(&run.options.token)), ..run.access.clone() };
    let wrong = CheckRequest::of("a photo with a wrong token", access.below("/evidence")).with_body("image/jpeg", PHOTO);
    let wrong = run.client.send(wrong.with("Idempotency-Key", &key)).await;
    run.report.add(&REFUSED, wrong.passes_with(404));
    let drawing = send(run, "an SVG", ("image/svg+xml", DRAWING)).await;
    if drawing.status == 403 {
        run.report.skip(&[&KEY, &TYPE, &DISGUISED], "the token may only read");
        return run.report.skip(&STORING, "the token may only read");
    }
    run.report.add(&TYPE, drawing.passes_with(415));
    let disguised = send(run, "an SVG that calls itself a PNG", ("image/png", DRAWING)).await;
    run.report.add(&DISGUISED, disguised.passes_if([415, 422].contains(&disguised.status)));
    // Without `--act` the body is not a photo, so that a backend that accepts a photo without a key stores nothing.
    let body = if run.options.act { ("image/jpeg", PHOTO) } else { ("image/png", DRAWING) };
    let without_key = run.client.send(ask(run, "a photo without a key", body)).await;
    let refused_first = !run.options.act && [415, 422].contains(&without_key.status);
    let description = "the photo was refused for something else first; --act tells".to_owned();
    run.report.add(&KEY, if refused_first { CheckResult::Skipped(description) } else { without_key.passes_with(400) });
    if run.options.act {
        check_stored_photo(run).await;
    } else {
        run.report.skip(&STORING, "--act was not given");
    }
}

/// Returns the reason for skipping all checks of this file, or None if they are run.
fn reason_to_skip(run: &Run<'_>) -> Option<String> {
    if let Some(area) = ["requests", "evidence"].into_iter().find(|area| run.options.leaves_out(area)) {
        return Some(format!("--without {area}"));
    }
    let Some(order) = &run.order else { return Some(NO_ORDER.to_owned()) };
    let accepts_none = order.pointer("/limits/evidence_max_files").and_then(Value::as_u64) == Some(0);
    accepts_none.then(|| "the order takes no photos".to_owned())
}

fn ask(run: &Run<'_>, name: &str, (kind, bytes): (&str, &[u8])) -> CheckRequest {
    CheckRequest::of(name, run.access.below("/evidence")).with_body(kind, bytes)
}

async fn send(run: &mut Run<'_>, name: &str, body: (&str, &[u8])) -> Answer {
    let key = run.key();
    let ask = ask(run, name, body).with("Idempotency-Key", &key);
    run.client.send(ask).await
}

async fn check_stored_photo(run: &mut Run<'_>) {
    let key = run.key();
    let photo = ask(run, "a photo", ("image/jpeg", PHOTO)).with("Idempotency-Key", &key);
    let first = run.client.send(photo.clone()).await;
    if [409, 429].contains(&first.status) {
        let why = format!("no photo can be sent now ({})", first.describe());
        return run.report.skip(&STORING, &why);
    }
    let id = identity(&first);
    run.report.add(&STORED, first.passes_with(201).and(CheckResult::when(id.is_some(), || "201 without an `id`".to_owned())));
    let second = run.client.send(photo).await;
    let description = || format!("{} first, then {}", first.text, second.text);
    run.report.add(&ONCE, CheckResult::when(id.is_some() && identity(&second) == id, description));
    let Some(id) = id else { return run.report.skip(&[&CLEAN, &FILE], "no photo was kept") };
    let kept = run.access.below(&format!("/evidence/{}", segment(&id)));
    let kept = run.client.send(CheckRequest::of("the photo", kept).with("Accept", "image/*")).await;
    let left: Vec<String> =
        METADATA_TEXTS.iter().filter(|mark| kept.text.contains(**mark)).map(|mark| format!("{mark} is still in it")).collect();
    let is_picture = kept.passes_if(kept.status == 200 && kept.media_type().starts_with("image/"));
    run.report.add(&CLEAN, is_picture.and(CheckResult::of(&left)));
    let is_file =
        kept.header("content-disposition").starts_with("attachment") && kept.header("x-content-type-options") == "nosniff";
    run.report
        .add(&FILE, CheckResult::when(is_file, || format!("Content-Disposition: {:?}", kept.header("content-disposition"))));
}

fn identity(answer: &Answer) -> Option<String> {
    let json = answer.json()?;
    json.get("id").and_then(Value::as_str).filter(|id| !id.is_empty()).map(str::to_owned)
}
