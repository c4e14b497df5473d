//! `jwtick page`: serves the web page, for a browser that may not open files or that runs elsewhere.

use core::net::SocketAddr;
use std::env;
use std::path::{Path, PathBuf};

use clap::Args;
use http::{HeaderValue, Method, StatusCode, header};
use hyper::body::Bytes;
use jwtick_core::words::Language;

use super::error::Error;
use super::stand_in::args::address;
use crate::exit::Exit;
use crate::file::{FileFault, shown};
use crate::http::server::content::{empty, response};
use crate::http::server::{Bound, Limits, Response};
use crate::output;
use crate::signal::Signals;

/// The name of the page. Debian's packages have it in `/usr/share/jwtick`.
const NAME: &str = "jwtick.html";

/// Serve the page that diagnoses logs and reads tokens in a browser
#[derive(Debug, Args)]
pub(crate) struct PageArgs {
    /// Address and port to listen on; port 0 picks a free port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0", value_parser = address)]
    listen: SocketAddr,
    /// The page [default: jwtick.html next to this program, else ../share/jwtick/jwtick.html]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Serves the page until a signal stops it.
///
/// # Errors
/// [`Error::NoPage`] if no file is named and none is at its usual places, and any reason why the file
/// cannot be read or the address cannot be bound.
pub(crate) fn run(args: &PageArgs, _: Language) -> Result<Exit, Error> {
    let file = args.file.clone().or_else(usual).ok_or(Error::NoPage)?;
    let page = Bytes::from(read(&file)?);
    // Before the address is printed: whoever has read it may stop the program at once.
    let signals = Signals::catch().map_err(|source| Error::Signals { source })?;
    let bound = Bound::to(args.listen)?;
    let address = bound.address().to_string();
    let serve = move |request: http::Request<_>| {
        let answer = answer(request.method(), request.uri().path(), &page);
        async move { answer }
    };
    let server = bound.serve(serve, Limits::ORDINARY)?;
    output::print(&format!("http://{address}/\n"))?;
    signals.wait();
    server.stop();
    Ok(Exit::Done)
}

fn read(file: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(file).map_err(|source| Error::File(FileFault::Read(source).of(shown(file))))
}

/// The page next to this program, or where packages have it.
fn usual() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    let folder = program.parent()?;
    let places = [folder.join(NAME), folder.join("../share/jwtick").join(NAME)];
    places.into_iter().find(|place| place.is_file())
}

/// The page has its own policy; the header adds what a policy in a page cannot say.
fn answer(method: &Method, path: &str, page: &Bytes) -> Response {
    const HEADERS: [(header::HeaderName, &str); 4] = [
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    if path != "/" {
        return empty(StatusCode::NOT_FOUND);
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        let mut answer = empty(StatusCode::METHOD_NOT_ALLOWED);
        answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    let mut answer = response(StatusCode::OK, Some("text/html; charset=utf-8"), page.clone());
    let headers = HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value)));
    answer.headers_mut().extend(headers);
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serves_only_the_page() {
        const ROWS: &[(&str, &str, u16)] = &[
            ("GET", "/", 200),
            ("HEAD", "/", 200),
            ("POST", "/", 405),
            ("GET", "/jwtick.html", 404),
            ("GET", "//", 404),
        ];
        let page = Bytes::from_static(b"page");
        for &(method, path, status) in ROWS {
            let answer = answer(&method.parse().unwrap(), path, &page);
            assert_eq!(answer.status(), status, "{method} {path}");
            let framed = answer.headers().get("content-security-policy").is_some();
            assert_eq!(framed, status == 200, "{method} {path}");
        }
    }
}
