//! The server: one thread a connection, one answer a connection.
//!
//! Comes in: a [`Preview`] and a port. Goes out: its files, its problems, and a stream of news for each page that is open. It
//! listens on the loopback address only and reads nothing from disk: what is asked for is looked up by name in the site.

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::http::{self, NOT_FOUND, NOT_MODIFIED, OK, Refusal, Request, Status, UNAVAILABLE};
use super::{Preview, Served, live, version};

/// The port that is tried first.
const PORT: u16 = 8000;
/// How many are tried after it.
const MORE_PORTS: u16 = 20;
/// The most connections at a time; browsers open six for each tab that loads.
const MOST: usize = 100;
/// For a whole request.
const REQUEST_TIME: Duration = Duration::from_secs(5);
/// For each piece of an answer.
const ANSWER_TIME: Duration = Duration::from_secs(10);
/// How often a stream without news says that it is still there.
const SIGN_OF_LIFE: Duration = Duration::from_secs(5);

/// A listening server.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

/// The port is in use by another program.
#[derive(Debug)]
pub struct Taken {
    pub port: u16,
    pub error: io::Error,
}

impl Server {
    /// Listens on `port` (0: any that is free); without one, on the first free of a few.
    ///
    /// # Errors
    /// If it cannot be had.
    pub fn bind(port: Option<u16>) -> Result<Self, Taken> {
        let listen = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let taken = |port| move |error| Taken { port, error };
        let listener = match port {
            Some(port) => listen(port).map_err(taken(port))?,
            None => (PORT..=PORT + MORE_PORTS)
                .chain([0])
                .find_map(|port| listen(port).ok())
                .map_or_else(|| listen(PORT), Ok)
                .map_err(taken(PORT))?,
        };
        let address = listener.local_addr().map_err(taken(port.unwrap_or(PORT)))?;
        Ok(Self { listener, address })
    }

    /// The port of the server.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Whether another port was taken than the one that is tried first.
    pub fn is_moved(&self) -> bool {
        self.port() != PORT
    }

    /// Answers until the preview is closed.
    pub fn serve(&self, preview: &Arc<Preview>) {
        let open = Arc::new(AtomicUsize::new(0));
        for connection in self.listener.incoming() {
            if preview.is_closed() {
                return;
            }
            let Ok(connection) = connection else {
                // Too many open files, perhaps: some will be closed.
                preview.sleep(Duration::from_millis(50));
                continue;
            };
            if open.fetch_add(1, Ordering::SeqCst) >= MOST {
                open.fetch_sub(1, Ordering::SeqCst);
                continue;
            }
            let (preview, counted) = (preview.clone(), Counted(open.clone()));
            let port = self.port();
            let begun = thread::Builder::new().spawn(move || {
                let _counted = counted;
                // A browser that goes away ends its own connection only.
                answer(&preview, connection, port).unwrap_or_default();
            });
            drop(begun);
        }
    }

    /// Ends [`Server::serve`].
    pub fn stop(port: u16, preview: &Preview) {
        preview.close();
        // The server waits for a connection: here is one.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, port)));
    }
}

struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn answer(preview: &Preview, mut connection: TcpStream, port: u16) -> io::Result<()> {
    connection.set_read_timeout(Some(REQUEST_TIME))?;
    connection.set_write_timeout(Some(ANSWER_TIME))?;
    connection.set_nodelay(true)?;
    let request =
        http::read(&mut connection, REQUEST_TIME).and_then(|head| http::parse(&head, port));
    let request = match request {
        Ok(request) => request,
        Err(refusal) => return refuse(&mut connection, refusal),
    };
    match request.path.strip_prefix(".mingbai/") {
        Some("events") => events(preview, &mut connection, &request),
        Some("live.js") => send(
            &mut connection,
            &request,
            OK,
            "x.js",
            live::SCRIPT.as_bytes(),
        ),
        Some("live.css") => send(
            &mut connection,
            &request,
            OK,
            "x.css",
            live::STYLE.as_bytes(),
        ),
        Some("problems.json") => {
            let json = json(&preview.problems());
            send(&mut connection, &request, OK, "x.json", json.as_bytes())
        }
        _ => file(preview, &mut connection, &request),
    }
}

fn json(problems: &super::Problems) -> String {
    serde_json::to_string(problems).expect("plain structs of strings and numbers always serialise")
}

fn refuse(connection: &mut TcpStream, refusal: Refusal) -> io::Result<()> {
    let Some(status) = refusal.status() else {
        return Ok(());
    };
    let body = format!("{} {}\n", status.0, status.1);
    let headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", &body.len().to_string()),
        ("Allow", "GET, HEAD"),
    ];
    connection.write_all(&http::head(status, &headers))?;
    connection.write_all(body.as_bytes())
}

/// A file of the site.
fn file(preview: &Preview, connection: &mut TcpStream, request: &Request) -> io::Result<()> {
    let path = site_path(preview, &request.path);
    let served = preview.file(&path);
    // Of what is sent, not of what may be there a moment later.
    let version = preview.version_of(&path, &served);
    let page = |status, bytes: &[u8], connection: &mut TcpStream| {
        let html = live::page(bytes, &path, &version, preview.lang());
        send(connection, request, status, "x.html", &html)
    };
    match served {
        Served::Found { bytes, .. } if path.ends_with(".html") => page(OK, &bytes, connection),
        Served::Found { bytes, .. } => send(connection, request, OK, &path, &bytes),
        Served::Missing { bytes } => page(NOT_FOUND, &bytes, connection),
        Served::Nothing => {
            let html = live::no_page(&preview.problems(), preview.lang());
            page(UNAVAILABLE, html.as_bytes(), connection)
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

/// Sends a body; the extension of `name` gives its type.
fn send(
    connection: &mut TcpStream,
    request: &Request,
    status: Status,
    name: &str,
    body: &[u8],
) -> io::Result<()> {
    let tag = format!("\"{}\"", version(body));
    let is_page = name.ends_with(".html");
    let length = body.len().to_string();
    let mut headers = vec![
        ("Content-Type", http::content_type(name)),
        // A page that is gone back to is to be as new as any other.
        (
            "Cache-Control",
            if is_page { "no-store" } else { "no-cache" },
        ),
        ("ETag", &tag),
    ];
    if !is_page && request.if_none_match.as_deref() == Some(tag.as_str()) {
        return connection.write_all(&http::head(NOT_MODIFIED, &headers));
    }
    headers.push(("Content-Length", &length));
    connection.write_all(&http::head(status, &headers))?;
    if request.head_only {
        return Ok(());
    }
    connection.write_all(body)
}

/// The stream of news for a page: `reload` when it is no longer the version that the browser has, `problems` when they are
/// others. Ends when the browser goes.
fn events(preview: &Preview, connection: &mut TcpStream, request: &Request) -> io::Result<()> {
    let headers = [
        ("Content-Type", "text/event-stream; charset=utf-8"),
        ("Cache-Control", "no-store"),
    ];
    connection.write_all(&http::head(OK, &headers))?;
    if request.head_only {
        return Ok(());
    }
    connection.write_all(b"retry: 500\n\n")?;
    let _watcher = preview.watcher();
    let path = request.query("page").unwrap_or_default();
    let mut has = request.query("version").unwrap_or_default().to_owned();
    let mut turn = None;
    let mut reported = None;
    while !preview.is_closed() {
        let Some((now, problems)) = preview.next(turn, SIGN_OF_LIFE) else {
            connection.write_all(b": \n\n")?;
            continue;
        };
        turn = Some(now);
        if reported.as_ref() != Some(&problems.version) {
            reported = Some(problems.version.clone());
            let data = json(&problems);
            connection.write_all(format!("event: problems\ndata: {data}\n\n").as_bytes())?;
        }
        let version = preview.version(path);
        if version != has {
            connection.write_all(format!("event: reload\ndata: {version}\n\n").as_bytes())?;
            has = version;
        }
    }
    Ok(())
}
