//! The site in the preview: its files, its problems, and a stream of news for each page that is open.
//!
//! Comes in: what was asked for. Goes out: the answer. Nothing is read from disk: what is asked for is looked up by name
//! in the site.

use std::convert::Infallible;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::Response;
use tokio::sync::mpsc::{Sender, channel};
use tokio_stream::wrappers::ReceiverStream;

use super::http::{Asked, common, put, refuse, send};
use super::{Preview, Problems, Served, live};

/// How often a stream without news says that it is still there.
const SIGN_OF_LIFE: Duration = Duration::from_secs(5);
/// As many events wait for a slow browser.
const WAITING: usize = 4;

/// The answer to a request for the site or its news.
pub fn answer(preview: &Arc<Preview>, asked: &Asked) -> Response {
    let ok = |name: &str, text: &str| send(asked, StatusCode::OK, name, text.as_bytes().to_vec());
    match asked.path.strip_prefix(".mingbai/") {
        Some("events") => events(preview, asked),
        Some("live.js") => ok("x.js", live::SCRIPT),
        Some("live.css") => ok("x.css", live::STYLE),
        Some("problems.json") => ok("x.json", &json(&preview.problems())),
        _ => file(preview, asked),
    }
}

fn json(problems: &Problems) -> String {
    serde_json::to_string(problems).expect("plain structs of strings and numbers always serialise")
}

/// A file of the site.
fn file(preview: &Preview, asked: &Asked) -> Response {
    let path = site_path(preview, &asked.path);
    let served = preview.file(&path);
    // Of what is sent, not of what may be there a moment later.
    let version = preview.version_of(&path, &served);
    let page = |status, bytes: &[u8]| {
        send(
            asked,
            status,
            "x.html",
            live::page(bytes, &path, &version, preview.lang()),
        )
    };
    match served {
        Served::Found { bytes, .. } if path.ends_with(".html") => page(StatusCode::OK, &bytes),
        Served::Found { bytes, .. } => send(asked, StatusCode::OK, &path, bytes.to_vec()),
        Served::Missing { bytes } => page(StatusCode::NOT_FOUND, &bytes),
        Served::Nothing => {
            let html = live::no_page(&preview.problems(), preview.lang());
            page(StatusCode::SERVICE_UNAVAILABLE, html.as_bytes())
        }
    }
}

/// The path of a file: that of its address here, or below the path of the site's own address.
fn site_path(preview: &Preview, path: &str) -> String {
    let base = preview.base();
    let base = base.trim_start_matches('/');
    let path = path.strip_prefix(base).unwrap_or(path);
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// The stream of news for a page: `reload` when it is no longer the version that the browser has, `problems` when they are
/// others. Ends when the browser goes.
fn events(preview: &Arc<Preview>, asked: &Asked) -> Response {
    let (news, stream) = channel(WAITING);
    let (preview, asked) = (preview.clone(), asked.clone());
    let begun = thread::Builder::new().spawn(move || follow(&preview, &asked, &news));
    if begun.is_err() {
        return refuse(StatusCode::SERVICE_UNAVAILABLE);
    }
    let mut answer = Response::new(Body::from_stream(ReceiverStream::new(stream)));
    put(
        &mut answer,
        header::CONTENT_TYPE,
        "text/event-stream; charset=utf-8",
    );
    put(&mut answer, header::CACHE_CONTROL, "no-store");
    common(answer)
}

/// Sends news until the browser goes or the preview ends.
fn follow(preview: &Preview, asked: &Asked, news: &Sender<Result<Bytes, Infallible>>) {
    let say = |words: String| news.blocking_send(Ok(Bytes::from(words))).is_ok();
    if !say("retry: 500\n\n".to_owned()) {
        return;
    }
    let _watcher = preview.watcher();
    let path = asked.query("page").unwrap_or_default();
    let mut has = asked.query("version").unwrap_or_default().to_owned();
    let mut turn = None;
    let mut reported = None;
    while !preview.is_closed() {
        let Some((now, problems)) = preview.next(turn, SIGN_OF_LIFE) else {
            if !say(": \n\n".to_owned()) {
                return;
            }
            continue;
        };
        turn = Some(now);
        if reported.as_ref() != Some(&problems.version) {
            reported = Some(problems.version.clone());
            if !say(format!("event: problems\ndata: {}\n\n", json(&problems))) {
                return;
            }
        }
        let version = preview.version(path);
        if version != has {
            if !say(format!("event: reload\ndata: {version}\n\n")) {
                return;
            }
            has = version;
        }
    }
}
