//! A secret as a server may repeat it.

use arbitrary::{Result, Unstructured};
use base64ct::{Base64, Base64Unpadded, Base64Url, Base64UrlUnpadded, Encoding};

/// Encodes `secret` at random: any of its characters, in any of the forms.
pub(super) fn encoded(secret: &str, parts: &mut Unstructured<'_>) -> Result<String> {
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
