//! The server: it listens on the loopback address and gives each request to the preview or to the desk.
//!
//! Comes in: a port, a [`Preview`], perhaps a [`Desk`]. Goes out: answers, one a connection. What a slow or a silent browser may hold
//! is bounded: the time for a head, for a piece of an answer, and the number of connections.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

use super::desk::Desk;
use super::http::{self, Asked};
use super::{Preview, site};

/// The port that is tried first.
const PORT: u16 = 8000;
/// How many are tried after it.
const MORE_PORTS: u16 = 20;
/// The most connections at a time; browsers open six for each tab that loads.
const MOST: usize = 100;
/// For the head of a request.
const REQUEST_TIME: Duration = Duration::from_secs(5);
/// For each piece of an answer.
const ANSWER_TIME: Duration = Duration::from_secs(10);
/// The longest head of a request, in bytes.
const LONGEST: usize = 16 * 1024;
/// The most lines of a head.
const MOST_HEADERS: usize = 64;

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
    ///
    /// # Errors
    /// If the system gives no threads, or none of the things that a server needs.
    pub fn serve(&self, preview: &Arc<Preview>, desk: Option<&Arc<Desk>>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = self.listener.try_clone()?;
        listener.set_nonblocking(true)?;
        let app = App {
            preview: preview.clone(),
            desk: desk.cloned(),
            port: self.port(),
        };
        let ended = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            accept(&listener, &app).await;
            Ok(())
        });
        // Streams of news end by themselves.
        runtime.shutdown_background();
        ended
    }

    /// Ends [`Server::serve`].
    pub fn stop(port: u16, preview: &Preview) {
        preview.close();
        // The server waits for a connection: here is one.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, port)));
    }
}

/// What answers.
#[derive(Clone)]
struct App {
    preview: Arc<Preview>,
    desk: Option<Arc<Desk>>,
    port: u16,
}

async fn accept(listener: &tokio::net::TcpListener, app: &App) {
    let places = Arc::new(Semaphore::new(MOST));
    loop {
        let connection = listener.accept().await;
        if app.preview.is_closed() {
            return;
        }
        let Ok((connection, _)) = connection else {
            // Too many open files, perhaps: some will be closed.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(place) = places.clone().try_acquire_owned() else {
            continue;
        };
        let app = app.clone();
        tokio::spawn(async move {
            let _place = place;
            // A browser that goes away ends its own connection only.
            answer_all(connection, app).await.unwrap_or_default();
        });
    }
}

async fn answer_all(connection: tokio::net::TcpStream, app: App) -> Result<(), hyper::Error> {
    connection.set_nodelay(true).unwrap_or_default();
    let mut connection = TimeoutStream::new(connection);
    connection.set_write_timeout(Some(ANSWER_TIME));
    let service = service_fn(move |request: Request<hyper::body::Incoming>| {
        let app = app.clone();
        async move { Ok::<_, std::convert::Infallible>(answer(app, request.map(Body::new)).await) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_TIME)
        .max_buf_size(LONGEST)
        .max_headers(MOST_HEADERS)
        .keep_alive(false)
        .half_close(true)
        .auto_date_header(false)
        .serve_connection(TokioIo::new(Box::pin(connection)), service)
        .await
}

async fn answer(app: App, request: Request<Body>) -> Response {
    let (head, body) = request.into_parts();
    let may_post = app.desk.is_some();
    let asked = match Asked::read(&head.method, &head.uri, &head.headers, app.port, may_post) {
        Ok(asked) => asked,
        Err(status) => return http::refuse(status),
    };
    let App {
        preview,
        desk,
        port,
    } = app;
    let Some(desk) = desk else {
        return elsewhere(move || site::answer(&preview, &asked)).await;
    };
    match desk.admit(&asked, port) {
        Some(refusal) => refusal,
        None if asked.is_post => match desk.read(&head.headers, body).await {
            Ok(posted) => elsewhere(move || desk.post(&asked, &posted)).await,
            Err(status) => http::refuse(status),
        },
        None => {
            let answered = move || {
                desk.get(&asked)
                    .unwrap_or_else(|| site::answer(&preview, &asked))
            };
            elsewhere(answered).await
        }
    }
}

/// Answers on a thread of its own: looking up a page may wait until it is made.
async fn elsewhere(answer: impl FnOnce() -> Response + Send + 'static) -> Response {
    let answered = tokio::task::spawn_blocking(answer).await;
    answered.unwrap_or_else(|_| http::refuse(StatusCode::INTERNAL_SERVER_ERROR))
}
