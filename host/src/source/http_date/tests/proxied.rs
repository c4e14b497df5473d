//! Measurements through a proxy, as configured in the environment.

use std::io::{self, Write};
use std::net::TcpStream;

use hyper_util::client::proxy::matcher::Matcher;

use super::*;

fn session(url: &str, proxies: Matcher) -> Session {
    let client = Client::new(trusting(Vec::new()), LONG).through(proxies);
    Session::new(Arc::new(client), target(url), Unproved::Refused, Follow::NamedHost)
}

fn measure(session: Session) -> Result<Observation, SourceError> {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(
        Measurement::new(LocalClock::read(), Instant::now() + LONG, session).run(Effort::Series),
    )
}

#[test]
fn proxy_receives_whole_url_and_is_reported() {
    let proxy = Server::answering(|request| {
        assert!(request.starts_with("HEAD http://host.example/x HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("\r\nproxy-authorization: Basic dTpw\r\n"), "{request}");
        answer("200 OK", Span::ZERO, "")
    });
    let named = proxy.url().replace("http://", "http://u:p@");
    let proxies = Matcher::builder().http(named).build();
    let observed = measure(session("http://host.example/x", proxies)).unwrap();
    assert_measures("proxied", &observed, Span::ZERO);
    let via = Note::Http(HttpNote::Via { proxy: proxy.address() });
    assert_eq!(observed.notes, [via]);
    // The proxy may have answered itself, so it is one witness, whatever host was named.
    let proxies = Matcher::builder().http(proxy.url().replace("http://", "http://u:p@")).build();
    let other = measure(session("http://host.example/x", proxies)).unwrap().responder;
    assert_eq!(observed.responder.kinship(&other), Some(Kinship::Address([127, 0, 0, 1].into())));
}

#[test]
fn tunnel_reaches_server() {
    let (server, authority) = secure::server(secure::VALID, "localhost");
    let to = server.address();
    let proxy = Server::talking(move |peer| {
        let request = peer.request()?.unwrap_or_default();
        assert!(request.starts_with("CONNECT localhost:"), "{request}");
        let onwards = TcpStream::connect(&to)?;
        peer.stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
        let (mut from, mut back) = (peer.stream.try_clone()?, onwards.try_clone()?);
        let answers = std::thread::spawn(move || io::copy(&mut back, &mut from));
        io::copy(&mut peer.stream, &mut &onwards)?;
        onwards.shutdown(std::net::Shutdown::Both)?;
        answers.join().unwrap().map(drop)
    });
    let proxies = Matcher::builder().https(proxy.url()).build();
    let client = Client::new(trusting(vec![authority.to_path_buf()]), LONG).through(proxies);
    let url = format!("https://localhost:{}/", server.address().rsplit_once(':').unwrap().1);
    let observed =
        measure(Session::new(Arc::new(client), target(&url), Unproved::Refused, Follow::NamedHost))
            .unwrap();
    assert_measures("tunnelled", &observed, Span::ZERO);
}

#[test]
fn refusing_proxy_is_named() {
    let proxy = Server::answering(|_| answer("403 Forbidden", Span::ZERO, ""));
    let proxies = || Matcher::builder().all(proxy.url()).build();
    let error = measure(session("https://host.example/", proxies())).unwrap_err();
    let expected = format!("the proxy {} answers 403 Forbidden itself", proxy.address());
    assert!(error.to_string().starts_with(&expected), "{error}");
    let proxy = Server::answering(|_| answer("407 Who Are You", Span::ZERO, ""));
    let proxies = Matcher::builder().all(proxy.url()).build();
    let error = measure(session("http://host.example/", proxies)).unwrap_err();
    let expected = format!("the proxy {} answers 407 ", proxy.address());
    assert!(error.to_string().starts_with(&expected), "{error}");
    let socks = Matcher::builder().all("socks5://127.0.0.1:9").build();
    let error = measure(session("http://host.example/", socks)).unwrap_err();
    assert!(error.to_string().starts_with("the proxy of the environment"), "{error}");
}

#[test]
fn exempt_host_is_queried_directly() {
    let server = Server::answering(|request| {
        assert!(request.starts_with("HEAD / HTTP/1.1\r\n"), "{request}");
        answer("200 OK", Span::ZERO, "")
    });
    let proxies = Matcher::builder().all("http://127.0.0.1:9").no("127.0.0.0/8").build();
    let observed = measure(session(&server.url(), proxies)).unwrap();
    assert_measures("exempt", &observed, Span::ZERO);
}
