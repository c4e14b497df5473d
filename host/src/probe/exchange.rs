//! One request and its answer, within the time and size limits of a test.

use core::fmt;
use core::time::Duration;
use std::io::Read;

use flate2::read::GzDecoder;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, LOCATION, RETRY_AFTER, USER_AGENT,
};
use http::{HeaderName, HeaderValue, Method, Request, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;
use jwtick_core::words::{Language, sentence, sentences};
use tokio::time;

use crate::http::client::{Answer, Client, Connection, HttpError, Target};
use crate::page::over_http;
use crate::source::http_date::Reply;

/// Token responses have a few thousand bytes, and error pages a few tens of thousands.
const LONGEST_BODY: usize = 1 << 20;

/// Maximum number of tries: RFC 9110 §15.5.9 and §15.6.4 permit another try, but a test must end
/// soon.
const MOST_TRIES: u32 = 3;
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A request that can be sent again.
pub(super) struct Question<'q> {
    pub(super) target: &'q Target,
    pub(super) method: Method,
    pub(super) kind: &'static str,
    pub(super) body: String,
    /// An access token.
    pub(super) bearer: Option<&'q str>,
}

/// An answer that was read completely, with whatever secrets the server repeats in it.
pub(super) struct Exchanged {
    pub(super) status: StatusCode,
    pub(super) head: Vec<(HeaderName, String)>,
    pub(super) body: String,
    /// The time information of the answer.
    pub(super) reply: Reply,
    /// True if the server requested a client certificate and received none.
    pub(super) lacks_certificate: bool,
}

/// Reasons why there is no usable answer.
#[derive(Debug)]
pub(crate) enum ExchangeError {
    Http(HttpError),
    Silent {
        after: Duration,
    },
    /// A redirect. Following it would send the secret to another server.
    Redirected {
        to: String,
    },
    Unpacked(std::io::Error),
    /// The request cannot be written as HTTP.
    Unwritable,
    /// The user interrupted the test.
    Interrupted,
}

impl fmt::Display for ExchangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(source) => source.fmt(f),
            Self::Silent { after } => write!(
                f,
                "expected an answer, but found no answer within {} s: check the server, or allow more \
                 time with --timeout",
                after.as_secs()
            ),
            Self::Redirected { to } => write!(
                f,
                "expected an answer, but the server redirects to {to}: name that URL in the profile if it \
                 is right, as requests with secrets do not follow redirects"
            ),
            Self::Unpacked(source) => write!(
                f,
                "expected gzip, which the answer states as its encoding, but found other data ({source}): \
                 check the server or the proxy before it"
            ),
            Self::Interrupted => {
                f.write_str("expected an answer, but the test was interrupted: run it again")
            }
            Self::Unwritable => f.write_str(
                "expected an access token of visible ASCII characters, but found another character: check \
                 the server",
            ),
        }
    }
}

impl ExchangeError {
    /// The same in the language of the report.
    pub(super) fn said(&self, language: Language) -> impl fmt::Display {
        error_words(self, language)
    }
}

sentences! {
    fn error_words(error: &ExchangeError, language, f) {
        ExchangeError::Http(source) => { write!(f, "{}", over_http::http(source, language)) }
        ExchangeError::Silent { after } => {
            let after = after.as_secs();
            sentence!(f, language,
                en: "{error}",
                de: "Innerhalb von {after} s kam keine Antwort: Prüfen Sie den Server, oder lassen Sie ihm mit --timeout mehr Zeit",
                ko: "{after}초 안에 응답이 없습니다. 서버를 확인하거나 --timeout으로 시간을 늘리십시오",
            )
        }
        ExchangeError::Redirected { to } => [
            en: "{error}",
            de: "Der Server leitet auf {to} um: Nennen Sie diese URL im Profil, wenn sie stimmt, denn Anfragen mit Geheimnissen folgen keiner Umleitung",
            ko: "서버가 {to} 주소로 리디렉션합니다. 비밀 정보가 담긴 요청은 리디렉션을 따르지 않으므로, 올바른 주소라면 프로필에 그 URL을 적으십시오",
        ]
        ExchangeError::Unpacked(source) => [
            en: "{error}",
            de: "Die Antwort nennt gzip als Kodierung, enthält aber andere Daten ({source}): Prüfen Sie den Server oder den Proxy davor",
            ko: "응답이 gzip 인코딩이라고 했지만 다른 데이터입니다({source}). 서버나 그 앞의 프록시를 확인하십시오",
        ]
        ExchangeError::Unwritable => [
            en: "{error}",
            de: "Das Access-Token darf nur aus sichtbaren ASCII-Zeichen bestehen, enthält aber ein anderes: Prüfen Sie den Server",
            ko: "액세스 토큰은 보이는 ASCII 문자로만 이루어져야 하지만 다른 문자가 있습니다. 서버를 확인하십시오",
        ]
        ExchangeError::Interrupted => [
            en: "{error}",
            de: "Der Test wurde unterbrochen: Führen Sie ihn noch einmal aus",
            ko: "테스트가 중단되었습니다. 다시 실행하십시오",
        ]
    }
}

impl core::error::Error for ExchangeError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Http(source) => Some(source),
            Self::Unpacked(source) => Some(source),
            _ => None,
        }
    }
}

impl From<HttpError> for ExchangeError {
    fn from(source: HttpError) -> Self {
        Self::Http(source)
    }
}

impl Question<'_> {
    /// Sends the request, on the `kept` connection if there is one, and sends it again if the
    /// server requests that.
    ///
    /// # Errors
    /// [`ExchangeError`].
    pub(super) async fn ask(
        &self,
        client: &Client,
        patience: Duration,
        mut kept: Option<Connection>,
    ) -> Result<Exchanged, ExchangeError> {
        let mut tries = 1;
        loop {
            let answered = time::timeout(patience, self.ask_once(client, kept.take())).await;
            let answer = answered.map_err(|_| ExchangeError::Silent { after: patience })??;
            if tries >= MOST_TRIES || !answer.is_busy() {
                return Ok(answer);
            }
            time::sleep(answer.pause(tries)).await;
            tries = tries.saturating_add(1);
        }
    }

    async fn ask_once(
        &self,
        client: &Client,
        kept: Option<Connection>,
    ) -> Result<Exchanged, ExchangeError> {
        let (connection, answer) = self.send(client, kept).await?;
        let lacks_certificate = connection.lacks_certificate();
        if answer.head.status.is_redirection() {
            let to = answer.fields(LOCATION).next().unwrap_or_default();
            return Err(ExchangeError::Redirected { to: String::from_utf8_lossy(to).into_owned() });
        }
        let (status, reply) = (answer.head.status, Reply::of(&answer));
        let value = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let fields = answer.head.headers.iter();
        let head = fields.map(|(name, met)| (name.clone(), value(met)));
        let head = head.collect();
        let packed = answer.fields(CONTENT_ENCODING).next() == Some(b"gzip".as_slice());
        let body = text(&answer.body(LONGEST_BODY).await?, packed)?;
        Ok(Exchanged { status, head, body, reply, lacks_certificate })
    }

    // A server may close a connection at any time; a request that was not sent on it is sent on
    // another.
    async fn send(
        &self,
        client: &Client,
        kept: Option<Connection>,
    ) -> Result<(Connection, Answer), ExchangeError> {
        if let Some(mut connection) = kept
            && connection.is_open().await
        {
            match connection.send(self.request()?).await {
                Err(HttpError::Http(fault)) if fault.is_canceled() || fault.is_closed() => {}
                sent => return Ok((connection, sent?)),
            }
        }
        let mut connection = client.connect(self.target).await?;
        let answer = connection.send(self.request()?).await?;
        Ok((connection, answer))
    }

    fn request(&self) -> Result<Request<Full<Bytes>>, ExchangeError> {
        let mut request = Request::new(Full::from(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.target.uri().clone();
        let agent = concat!("jwtick/", env!("CARGO_PKG_VERSION"));
        let fields =
            [(CONTENT_TYPE, self.kind), (ACCEPT, "application/json, */*"), (USER_AGENT, agent)];
        let fields = fields.map(|(name, value)| (name, HeaderValue::from_static(value)));
        request.headers_mut().extend(fields);
        if let Some(token) = self.bearer {
            let mut value = HeaderValue::from_str(&format!("Bearer {token}"))
                .map_err(|_| ExchangeError::Unwritable)?;
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        Ok(request)
    }
}

impl Exchanged {
    /// Returns the first value of a field.
    pub(super) fn field(&self, name: &HeaderName) -> Option<&str> {
        self.head.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    const fn is_busy(&self) -> bool {
        matches!(self.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
    }

    // RFC 9110 §10.2.3; without a number of seconds, the pause doubles after each try.
    fn pause(&self, tries: u32) -> Duration {
        let asked = self.field(&RETRY_AFTER).and_then(|value| value.trim().parse().ok());
        let pause =
            asked.map_or_else(|| Duration::from_millis(250 << tries.min(5)), Duration::from_secs);
        pause.min(LONGEST_PAUSE)
    }
}

fn text(body: &[u8], packed: bool) -> Result<String, ExchangeError> {
    if !packed {
        return Ok(String::from_utf8_lossy(body).into_owned());
    }
    let mut unpacked = Vec::new();
    let limit = u64::try_from(LONGEST_BODY).unwrap_or(u64::MAX);
    GzDecoder::new(body).take(limit).read_to_end(&mut unpacked).map_err(ExchangeError::Unpacked)?;
    Ok(String::from_utf8_lossy(&unpacked).into_owned())
}
