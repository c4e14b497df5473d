//! A known secret appears in no transcript, however a server repeats it. The oracle decodes the whole
//! text, in each of the ways in which a reader could.

use arbitrary::{Arbitrary, Result, Unstructured};
use base64ct::{Base64, Base64Unpadded, Base64Url, Base64UrlUnpadded, Encoding};
use jwtick_core::UnixTime;
use jwtick_core::evidence::redaction::{Piece, Redacted};
use jwtick_core::evidence::transcript::{Entry, Level, Line, Place};

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

/// Encodes `secret` at random: any of its characters, in any of the forms.
fn encoded(secret: &str, parts: &mut Unstructured<'_>) -> Result<String> {
    let form = parts.int_in_range(0..=6)?;
    if form == 0 {
        return base64(secret, parts);
    }
    let mut text = String::new();
    for sign in secret.chars() {
        let is_plain = parts.arbitrary()?;
        text += &match form {
            // A text in JSON has no backslash or quotation mark of its own.
            3 | 4 if is_plain && matches!(sign, '\\' | '"') => json(sign, form),
            5 if is_plain && sign == '&' => entity(sign, parts)?,
            1 | 2 if is_plain && sign == '%' => percent(sign, form, parts)?,
            _ if is_plain => sign.to_string(),
            1 | 2 => percent(sign, form, parts)?,
            3 | 4 => json(sign, form),
            5 => entity(sign, parts)?,
            _ => sign.to_string(),
        };
    }
    Ok(text)
}

fn base64(secret: &str, parts: &mut Unstructured<'_>) -> Result<String> {
    let user = ["", "u:", "me:", "user:"];
    let whole = (*parts.choose(&user)?).to_owned() + secret;
    let ways: [fn(&[u8]) -> String; 4] = [
        Base64::encode_string,
        Base64Unpadded::encode_string,
        Base64Url::encode_string,
        Base64UrlUnpadded::encode_string,
    ];
    Ok(parts.choose(&ways)?(whole.as_bytes()))
}

/// Once or twice.
fn percent(sign: char, times: i32, parts: &mut Unstructured<'_>) -> Result<String> {
    let is_upper: bool = parts.arbitrary()?;
    let mut room = [0; 4];
    let bytes = sign.encode_utf8(&mut room).bytes();
    let once: String = bytes
        .map(|byte| if is_upper { format!("%{byte:02X}") } else { format!("%{byte:02x}") })
        .collect();
    Ok(if times == 2 { once.replace('%', "%25") } else { once })
}

/// As part of a text, or of a text in a text.
fn json(sign: char, form: i32) -> String {
    let mut units = [0; 2];
    let units = sign.encode_utf16(&mut units).iter();
    let slashes = if form == 4 { "\\\\" } else { "\\" };
    units.map(|unit| format!("{slashes}u{unit:04x}")).collect()
}

fn entity(sign: char, parts: &mut Unstructured<'_>) -> Result<String> {
    let code = u32::from(sign);
    Ok(if parts.arbitrary()? { format!("&#{code};") } else { format!("&#x{code:X};") })
}

type Decode = fn(&[u8]) -> Vec<u8>;

/// Returns true if a reader who decodes `text` finds `secret`.
fn is_shown(secret: &str, text: &str) -> bool {
    let ways: [Decode; 3] = [percent_decoded, json_unescaped, entities_decoded];
    is_in(secret.as_bytes(), text.as_bytes())
        || ways.iter().any(|way| {
            let once = way(text.as_bytes());
            is_in(secret.as_bytes(), &once) || is_in(secret.as_bytes(), &way(&once))
        })
        || in_base64(secret).iter().any(|digits| text.contains(digits))
}

fn is_in(part: &[u8], text: &[u8]) -> bool {
    text.windows(part.len().max(1)).any(|window| window == part)
}

/// The digits that contain nothing but the secret, after none, one or two other bytes.
fn in_base64(secret: &str) -> Vec<String> {
    let texts = ["", "a", "ab"].map(|before| before.to_owned() + secret);
    let digits = texts.iter().flat_map(|text| {
        let before = text.len() - secret.len();
        let from = (before * 8).div_ceil(6);
        let until = text.len() * 8 / 6;
        [Base64::encode_string(text.as_bytes()), Base64Url::encode_string(text.as_bytes())]
            .map(|all| all.get(from..until).unwrap_or_default().to_owned())
    });
    digits.collect()
}

/// Replaces each escape that `escape` reads: its length, and what it means.
fn decoded(text: &[u8], escape: impl Fn(&[u8]) -> Option<(usize, Vec<u8>)>) -> Vec<u8> {
    let (mut decoded, mut rest) = (Vec::new(), text);
    while let Some((&byte, after)) = rest.split_first() {
        if let Some((length, meant)) = escape(rest) {
            decoded.extend(meant);
            rest = rest.get(length..).unwrap_or_default();
        } else {
            decoded.push(byte);
            rest = after;
        }
    }
    decoded
}

fn number(digits: Option<&[u8]>, radix: u32) -> Option<u32> {
    let digits = str::from_utf8(digits?).ok()?;
    let is_number = digits.chars().all(|digit| digit.is_digit(radix));
    u32::from_str_radix(digits, radix).ok().filter(|_| is_number)
}

fn percent_decoded(text: &[u8]) -> Vec<u8> {
    decoded(text, |rest| {
        let byte = rest.starts_with(b"%").then(|| number(rest.get(1..3), 16))??;
        Some((3, vec![u8::try_from(byte).ok()?]))
    })
}

fn json_unescaped(text: &[u8]) -> Vec<u8> {
    let unit = |rest: &[u8]| {
        let is_escape = rest.starts_with(b"\\u");
        u16::try_from(number(rest.get(2..6).filter(|_| is_escape), 16)?).ok()
    };
    decoded(text, |rest| match rest {
        [b'\\', sign @ (b'"' | b'\\' | b'/'), ..] => Some((2, vec![*sign])),
        [b'\\', b'n', ..] => Some((2, vec![b'\n'])),
        _ => {
            let first = unit(rest)?;
            let second = rest.get(6..).and_then(unit);
            let alone = char::decode_utf16([first]).next()?.ok();
            let pair = second.and_then(|second| char::decode_utf16([first, second]).next()?.ok());
            let (length, sign) = alone.map_or((12, pair), |sign| (6, Some(sign)));
            Some((length, sign?.to_string().into_bytes()))
        }
    })
}

fn entities_decoded(text: &[u8]) -> Vec<u8> {
    decoded(text, |rest| {
        let end = rest.iter().take(12).position(|byte| *byte == b';')?;
        let code = match rest.get(..end)? {
            [b'&', b'#', b'x', digits @ ..] => number(Some(digits), 16)?,
            [b'&', b'#', digits @ ..] => number(Some(digits), 10)?,
            b"&amp;" => u32::from('&'),
            _ => return None,
        };
        Some((end + 1, char::from_u32(code)?.to_string().into_bytes()))
    })
}
