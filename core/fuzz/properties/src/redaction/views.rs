//! The oracle: decodes a whole text, in each of the ways in which a reader could.

use base64ct::{Base64, Base64Url, Encoding};

type Decode = fn(&[u8]) -> Vec<u8>;

/// Returns true if a reader who decodes `text` finds `secret`.
pub(super) fn is_shown(secret: &str, text: &str) -> bool {
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
