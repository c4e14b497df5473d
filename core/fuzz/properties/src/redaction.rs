//! A known secret appears in no transcript, however a server repeats it.

mod encoded;
mod views;

use arbitrary::{Arbitrary, Result, Unstructured};
use jwtick_core::UnixTime;
use jwtick_core::evidence::redaction::{Piece, Redacted};
use jwtick_core::evidence::transcript::{Entry, Level, Line, Place};

use encoded::encoded;
use views::is_shown;

/// The input is a text, and the parts of an answer that repeats secrets in it.
pub fn redaction(input: &[u8]) {
    assert_complete(input, &[]);
    let mut parts = Unstructured::new(input);
    if let Ok((secrets, body)) = answer(&mut parts) {
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        assert_complete(body.as_bytes(), &secrets);
        let line = transcript(&Redacted::new(&body, &secrets).to_string());
        for secret in secrets {
            assert!(!is_shown(secret, &line), "{secret:?} of {body:?} is in {line:?}");
        }
    }
}

/// Asserts that the parts of a text are all of it.
fn assert_complete(text: &[u8], secrets: &[&str]) {
    let lengths = Redacted::of_bytes(text, secrets).map(|piece| match piece {
        Piece::Shown(shown) => shown.len(),
        Piece::Hidden { lead, length } => {
            assert!(lead.len() < length, "{lead:?}");
            length
        }
    });
    assert_eq!(lengths.sum::<usize>(), text.len());
}

fn transcript(body: &str) -> String {
    let entry = Entry::Refused { place: Place::TokenEndpoint, status: 400, body: body.into() };
    let clock = UnixTime::from_secs(1_488_307_191);
    Line { clock, level: Level::Error, agent: "agent".into(), entry }.to_string()
}

/// One or two secrets, and a text that repeats them.
fn answer(parts: &mut Unstructured<'_>) -> Result<(Vec<String>, String)> {
    let count = parts.int_in_range(1..=2)?;
    let secrets = (0..count).map(|_| secret(parts)).collect::<Result<Vec<_>>>()?;
    let mut body = String::new();
    for _ in 0..parts.int_in_range(1..=4)? {
        body += surroundings(parts)?;
        body += &encoded(parts.choose(&secrets)?, parts)?;
    }
    body += surroundings(parts)?;
    Ok((secrets, body))
}

/// A secret of signs that encodings change, or do not. It has none that occur in the text that
/// replaces it, so that it cannot be read across the two.
fn secret(parts: &mut Unstructured<'_>) -> Result<String> {
    const SIGNS: &[char] = &[
        'a', 'Z', '0', '2', '5', '%', '\\', 'u', 'n', 'x', '=', '+', '/', '-', '_', '&', '#', ';',
        ':', ' ', '"', '\'', '<', 'é', '한', '😀',
    ];
    let length = parts.int_in_range(6..=24)?;
    let secret = (0..length).map(|_| parts.choose(SIGNS).copied()).collect::<Result<String>>()?;
    let is_usable = secret.trim() == secret && !is_shown(&secret, &transcript("(redacted)"));
    if is_usable { Ok(secret) } else { Err(arbitrary::Error::IncorrectFormat) }
}

fn surroundings<'t>(parts: &mut Unstructured<'t>) -> Result<&'t str> {
    const USUAL: &[&str] = &[
        "",
        " ",
        "client_secret=",
        "{\"access_token\" : \"",
        "\"}",
        "&x=1",
        "Authorization: Basic ",
        "Bearer ",
        "http://me:",
        "@h/",
        "%",
        "\\",
        "eyJ",
        "Cookie: a=b; ",
    ];
    if parts.arbitrary()? { <&str>::arbitrary(parts) } else { parts.choose(USUAL).copied() }
}
