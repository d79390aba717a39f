//! The desk: source files as forms in a browser of this machine.
//!
//! Comes in: requests that bring the token of this run. Goes out: pages, and changed source files. Nothing is asked of another
//! machine, nothing is sent to one. `store` reads and writes the files; `fields` draws forms; `screens` are the pages that are shown;
//! `orders` is what is done, `begins` what is begun from nothing, `trial` a self-check that is tried, `pasting` a list that is pasted, `publishing` how the site goes out. What a form means for a file is the business of [`crate::desk::edit`].

mod asked;
mod begins;
mod fields;
mod orders;
mod pasting;
mod publishing;
mod screens;
mod store;
mod trial;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::Response;
use tera::Tera;

use self::store::Store;
use super::Preview;
use super::http::{Asked, common, put, refuse, send};
use crate::desk::edit::posted::Posted;
use crate::desk::places::Gazetteer;
use crate::text::Lang;

/// Below it are the pages of the desk.
const ROOT: &str = ".desk/";
/// The largest form, in bytes.
const LARGEST_FORM: usize = 8 << 20;
/// The largest file that is handed in, in bytes.
const LARGEST_FILE: usize = 64 << 20;
/// For all of a form.
const FORM_TIME: Duration = Duration::from_secs(60);

/// What was sent with a form.
#[derive(Debug, Default)]
pub struct Sent {
    fields: Posted,
    /// Name and bytes of a file that was handed in.
    file: Option<(String, Vec<u8>)>,
}

impl Sent {
    /// A field.
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// A field without blanks around it, if something is in it.
    fn filled(&self, name: &str) -> Option<&str> {
        self.get(name)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }
}

/// The desk of one site.
pub struct Desk {
    preview: Arc<Preview>,
    token: String,
    store: Store,
    pages: Tera,
    /// The places of the newest edition, once somebody typed one.
    gazetteer: OnceLock<Gazetteer>,
    /// One form is dealt with at a time: what was read is what is written over.
    turn: Mutex<()>,
}

impl Desk {
    /// The desk of the site that is previewed. Nothing if the system has no random numbers, or the pages are not templates.
    pub fn new(preview: Arc<Preview>) -> Option<Self> {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).ok()?;
        let token: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut pages = Tera::new();
        pages
            .add_raw_templates([
                ("base.html", include_str!("pages/base.html")),
                ("start.html", include_str!("pages/start.html")),
                ("new.html", include_str!("pages/new.html")),
                ("file.html", include_str!("pages/file.html")),
                ("raw.html", include_str!("pages/raw.html")),
                ("conflict.html", include_str!("pages/conflict.html")),
                ("imported.html", include_str!("pages/imported.html")),
                ("publish.html", include_str!("pages/publish.html")),
                ("pasted.html", include_str!("pages/pasted.html")),
                ("problems.html", include_str!("pages/problems.html")),
                ("trial.html", include_str!("pages/trial.html")),
                ("tried.html", include_str!("pages/tried.html")),
            ])
            .ok()?;
        let store = Store::new(preview.site().to_owned());
        Some(Self {
            preview,
            token,
            store,
            pages,
            gazetteer: OnceLock::new(),
            turn: Mutex::default(),
        })
    }

    /// The path that opens the desk, with the token of this run.
    pub fn door(&self) -> String {
        format!("{ROOT}enter?token={}", self.token)
    }

    fn is_english(&self) -> bool {
        self.preview.lang() == Lang::En
    }

    /// Refuses who does not bring the token; takes in who brings it for the first time.
    pub(super) fn admit(&self, asked: &Asked, port: u16) -> Option<Response> {
        let name = format!("mingbai-desk-{port}");
        if asked.path == format!("{ROOT}enter") && asked.query("token") == Some(self.token.as_str())
        {
            // A page of its own: a browser sends a strict cookie only after it has seen a page of ours.
            let html = format!(
                "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><link rel=\"icon\" href=\"/{ROOT}icon.svg\"><meta http-equiv=\"refresh\" content=\"0;url=/{ROOT}\"><title>明白</title><p><a href=\"/{ROOT}\">明白</a></p></html>"
            );
            let mut answer = send(asked, StatusCode::OK, "x.html", html.into_bytes());
            let cookie = format!("{name}={}; HttpOnly; SameSite=Strict; Path=/", self.token);
            put(&mut answer, header::SET_COOKIE, &cookie);
            return Some(answer);
        }
        let mut cookies = asked.cookies.iter();
        let brings = cookies.any(|(other, token)| *other == name && *token == self.token);
        (!brings).then(|| refuse(StatusCode::FORBIDDEN))
    }

    /// Reads the form that was sent.
    ///
    /// # Errors
    /// 408 if it comes too slowly, 413 if it is too large, 400 or 415 if it is not a form.
    pub(super) async fn read(&self, headers: &HeaderMap, body: Body) -> Result<Sent, StatusCode> {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        let reading = async {
            if kind.starts_with("application/x-www-form-urlencoded") {
                let bytes = to_bytes(body, LARGEST_FORM)
                    .await
                    .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
                let text = std::str::from_utf8(&bytes).map_err(|_| StatusCode::BAD_REQUEST)?;
                let fields = super::http::form(text).ok_or(StatusCode::BAD_REQUEST)?;
                return Ok(Sent {
                    fields: fields.into_iter().collect(),
                    file: None,
                });
            }
            if !kind.starts_with("multipart/form-data") {
                return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
            }
            let bytes = to_bytes(body, LARGEST_FILE)
                .await
                .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
            let request = Request::builder()
                .header(header::CONTENT_TYPE, kind)
                .body(Body::from(bytes));
            let mut request = request.map_err(|_| StatusCode::BAD_REQUEST)?;
            DefaultBodyLimit::max(LARGEST_FILE).apply(&mut request);
            let parts = Multipart::from_request(request, &())
                .await
                .map_err(|_| StatusCode::BAD_REQUEST)?;
            sent(parts).await
        };
        tokio::time::timeout(FORM_TIME, reading)
            .await
            .unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
    }

    /// A page of the desk; nothing if another part of the program answers.
    pub(super) fn get(&self, asked: &Asked) -> Option<Response> {
        let path = asked.path.strip_prefix(ROOT)?;
        let page = |html: Option<String>| match html {
            Some(html) => secured(send(asked, StatusCode::OK, "x.html", html.into_bytes())),
            None => refuse(StatusCode::NOT_FOUND),
        };
        let file = |name, text: &str| send(asked, StatusCode::OK, name, text.as_bytes().to_vec());
        Some(match path {
            "" => page(self.start(asked)),
            "file" => page(self.file(asked)),
            "raw" => page(self.raw(asked)),
            "problems" => page(self.problems()),
            "publish" => page(self.publishing()),
            "places" => match self.places(asked) {
                Some(list) => file("x.txt", &list),
                None => refuse(StatusCode::NOT_FOUND),
            },
            "desk.css" => file("x.css", include_str!("desk.css")),
            "icon.svg" => file("x.svg", include_str!("icon.svg")),
            "desk.js" => file("x.js", include_str!("desk.js")),
            _ => refuse(StatusCode::NOT_FOUND),
        })
    }

    /// Does what a form asks for.
    pub(super) fn post(&self, asked: &Asked, sent: &Sent) -> Response {
        let Some(path) = asked.path.strip_prefix(ROOT) else {
            return refuse(StatusCode::METHOD_NOT_ALLOWED);
        };
        let shown = match path {
            "fill" => Some(self.fill(sent)),
            "try" => Some(self.try_out(sent)),
            "paste" => Some(self.pasted(sent)),
            _ => None,
        };
        if let Some(html) = shown {
            // It changes nothing, so it waits for nobody.
            return match html {
                Some(html) => secured(send(asked, StatusCode::OK, "x.html", html.into_bytes())),
                None => refuse(StatusCode::NOT_FOUND),
            };
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let done = match path {
            "save" => self.save(sent),
            "raw" => self.save_raw(sent),
            "undo" => self.undo(sent),
            "confirm" => self.confirm(sent),
            "import" => self.import(sent),
            "next-year" => self.next_year(sent),
            "new-check" => self.new_check(sent),
            "term" => self.new_term(sent),
            "publish" => self.publish(sent),
            "omit" => self.omit(sent),
            "examples" => self.remove_examples(),
            "init" => self.init(sent),
            _ => return refuse(StatusCode::NOT_FOUND),
        };
        match done {
            orders::Done::Go(to) => {
                let mut answer = Response::new(Body::empty());
                *answer.status_mut() = StatusCode::SEE_OTHER;
                put(&mut answer, header::LOCATION, &to);
                common(answer)
            }
            orders::Done::Page(html) => {
                secured(send(asked, StatusCode::OK, "x.html", html.into_bytes()))
            }
            orders::Done::Refused(status) => refuse(status),
        }
    }
}

/// The policy of the desk's pages: their own script and style, forms to themselves, no frames.
fn secured(mut answer: Response) -> Response {
    const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; \
                          base-uri 'none'; frame-ancestors 'none'";
    put(&mut answer, header::CONTENT_SECURITY_POLICY, POLICY);
    // Going back leads to the form as it was filled in.
    put(&mut answer, header::CACHE_CONTROL, "no-cache");
    answer
}

/// The fields of a form with a file.
async fn sent(mut parts: Multipart) -> Result<Sent, StatusCode> {
    let mut out = Sent::default();
    loop {
        let part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => return Ok(out),
            Err(_) => return Err(StatusCode::BAD_REQUEST),
        };
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|_| StatusCode::BAD_REQUEST)?;
        match file {
            Some(file) => out.file = Some((file, bytes.to_vec())),
            None => {
                let text =
                    String::from_utf8(bytes.to_vec()).map_err(|_| StatusCode::BAD_REQUEST)?;
                out.fields.insert(name, text);
            }
        }
    }
}
