//! `jwtick key`: generates keys, extracts public keys and computes thumbprints.

use jwtick_core::key::{Jwk, JwkKind};
use jwtick_core::words::Language;
use jwtick_core::words::word;
use zeroize::Zeroizing;

use super::args::{Bits, GenerateArgs, KeyCommand, KeyFileArgs, KeyFormat};
use crate::commands::effect::only_with;
use crate::commands::error::Error;
use crate::exit::Exit;
use crate::file;
use crate::keys::{self, Form, Format, Hmac, Key, KeyError, Keys};
use crate::output::{self, safe};

/// Generates a key, or prints its public half or thumbprint.
///
/// # Errors
/// Any reason why a key cannot be read, generated or written.
pub(crate) fn run(command: &KeyCommand, language: Language) -> Result<Exit, Error> {
    match command {
        KeyCommand::Generate(args) => generate(args),
        KeyCommand::Public { file, format } => public(file, *format, language),
        KeyCommand::Thumbprint(file) => thumbprint(file, language),
    }
}

fn generate(args: &GenerateArgs) -> Result<Exit, Error> {
    let jwk = Hmac::has(args.alg) || args.kid.is_some();
    let format = args.format.unwrap_or(if jwk { KeyFormat::Jwk } else { KeyFormat::Pem });
    if format == KeyFormat::Pem && args.kid.is_some() {
        return Err(Error::KidInPem);
    }
    let is_rsa = JwkKind::Rsa.suits(args.alg);
    only_with(("--alg for RSA", is_rsa), &[("--bits", args.bits.is_some())])?;
    let key = keys::generate(args.alg, args.bits.unwrap_or(Bits::Bits2048).count())?;
    let text = match format {
        KeyFormat::Pem => keys::private_pem(&jwk_of(&key)?)?,
        KeyFormat::Jwk => line(keys::named(&key, args.alg, args.kid.as_deref())),
    };
    match &args.out {
        Some(name) => file::create(name, file::Readers::Owner, text.as_bytes())?,
        None => output::print(&text)?,
    }
    Ok(Exit::Done)
}

fn jwk_of(key: &Key) -> Result<Jwk<'_>, KeyError> {
    key.jwk().map_err(KeyError::from)
}

fn line(mut text: Zeroizing<String>) -> Zeroizing<String> {
    text.push('\n');
    text
}

fn public(
    args: &KeyFileArgs,
    format: Option<KeyFormat>,
    language: Language,
) -> Result<Exit, Error> {
    let keys = args.read(language)?;
    let mut printed = Vec::new();
    for key in &keys.keys {
        let usual = match key.format() {
            Format::Jwk | Format::JwkSet => KeyFormat::Jwk,
            _ => KeyFormat::Pem,
        };
        printed.push(public_text(key, format.unwrap_or(usual))?);
    }
    if printed.is_empty() {
        return Err(KeyError::None.into());
    }
    output::print(&match (keys.form, format) {
        (Form::Set, None | Some(KeyFormat::Jwk)) => set(&printed),
        _ => printed.concat(),
    })?;
    Ok(Exit::Done)
}

fn public_text(key: &Key, format: KeyFormat) -> Result<String, KeyError> {
    let jwk = key.jwk()?;
    match format {
        KeyFormat::Pem => Ok(keys::public_pem(&jwk)?.to_string()),
        KeyFormat::Jwk => {
            let text = keys::public_jwk(&jwk)?.ok_or(KeyError::NoPublicHalf)?;
            Ok(format!("{}\n", *text))
        }
    }
}

fn set(members: &[String]) -> String {
    let members: Vec<&str> = members.iter().map(|member| member.trim_end()).collect();
    format!("{{\"keys\":[{}]}}\n", members.join(","))
}

fn thumbprint(args: &KeyFileArgs, language: Language) -> Result<Exit, Error> {
    let keys = args.read(language)?;
    let names: Vec<String> = names(&keys)?;
    if names.is_empty() {
        return Err(KeyError::NoPublicHalf.into());
    }
    if names.len() < keys.keys.len() {
        output::warn(secrets_left_out(language));
    }
    output::print(&names.concat())?;
    Ok(Exit::Done)
}

/// One line per key; in a set, the line ends with the `kid`.
fn names(keys: &Keys) -> Result<Vec<String>, KeyError> {
    let mut names = Vec::new();
    for key in &keys.keys {
        let jwk = key.jwk()?;
        let Some(print) = keys::thumbprint(&jwk) else { continue };
        names.push(match jwk.kid.filter(|_| keys.form == Form::Set) {
            Some(kid) => format!("{print} {}\n", safe::line(&kid.to_string())),
            None => format!("{print}\n"),
        });
    }
    Ok(names)
}

/// Warning that the list omits secrets.
pub(crate) const fn secrets_left_out(language: Language) -> &'static str {
    word!(language,
        en: "HMAC secrets are skipped: a thumbprint would let an attacker check guesses (RFC 7638 §7)",
        de: "HMAC-Geheimnisse sind ausgelassen: Mit einem Fingerabdruck könnte ein Angreifer Vermutungen überprüfen (RFC 7638 §7)",
        ko: "비밀 키는 제외했습니다. 지문이 있으면 비밀 키를 추측해 확인할 수 있습니다(RFC 7638 §7)",
    )
}
