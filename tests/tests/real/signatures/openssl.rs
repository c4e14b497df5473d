//! The openssl program, which does not know JWTs: signatures only.

use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_tests::tool;

use super::cases::Case;

/// A token whose signature openssl makes.
pub(super) fn sign(case: &Case) -> String {
    let input = case.signing_input();
    let file = case.scratch("input", input.as_bytes());
    let made = match case.alg {
        "EdDSA" | "Ed25519" => {
            let mut command = openssl("pkeyutl");
            command.args(["-sign", "-rawin", "-inkey"]).arg(case.file("pkcs8"));
            command.arg("-in").arg(&file);
            command
        }
        _ => {
            let mut command = digest(case);
            if case.is_hmac() {
                command.args(["-mac", "HMAC", "-macopt", &hex_key(case), "-binary"]);
            } else {
                command.arg("-sign").arg(case.file("pkcs8"));
            }
            command.arg(&file);
            command
        }
    };
    let signature = output(made);
    let signature = match case.alg {
        "ES256" => fixed(&signature, 32),
        "ES384" => fixed(&signature, 48),
        _ => signature,
    };
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Returns true if openssl accepts the signature of a token.
pub(super) fn verify(case: &Case, token: &str) -> bool {
    let (input, signature) = token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let file = case.scratch("input", input.as_bytes());
    if case.is_hmac() {
        let mut command = digest(case);
        command.args(["-mac", "HMAC", "-macopt", &hex_key(case), "-binary"]).arg(&file);
        return output(command) == signature;
    }
    let signature = if case.alg.starts_with("ES") { der(&signature) } else { signature };
    let signature = case.scratch("signature", &signature);
    let mut command = match case.alg {
        "EdDSA" | "Ed25519" => edwards(case, &file, &signature),
        _ => {
            let mut command = digest(case);
            command.arg("-verify").arg(case.file("spki")).arg("-signature").arg(&signature);
            command.arg(&file);
            command
        }
    };
    command.output().unwrap().status.success()
}

fn edwards(case: &Case, input: &Path, signature: &Path) -> Command {
    let mut command = openssl("pkeyutl");
    command.args(["-verify", "-rawin", "-pubin", "-inkey"]).arg(case.file("spki"));
    command.arg("-in").arg(input).arg("-sigfile").arg(signature);
    command
}

fn openssl(what: &str) -> Command {
    let mut command = Command::new(tool("openssl"));
    command.arg(what);
    command
}

fn digest(case: &Case) -> Command {
    let mut command = openssl("dgst");
    command.arg(format!("-sha{}", &case.alg[2..]));
    if case.alg.starts_with("PS") {
        command.args(["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]);
    }
    command
}

fn hex_key(case: &Case) -> String {
    let secret = std::fs::read(case.file("pkcs8")).unwrap();
    let digits: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("hexkey:{digits}")
}

fn output(mut command: Command) -> Vec<u8> {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

/// Converts the SEQUENCE that openssl writes to r and s, concatenated (RFC 7518 §3.4).
fn fixed(der: &[u8], length: usize) -> Vec<u8> {
    let (r, rest) = integer(&der[2..]);
    let (s, rest) = integer(rest);
    assert!(rest.is_empty());
    let mut fixed = vec![0; 2 * length];
    fixed[length - r.len()..length].copy_from_slice(r);
    fixed[2 * length - s.len()..].copy_from_slice(s);
    fixed
}

/// The digits of an INTEGER without leading zeros, and the rest of the input.
fn integer(der: &[u8]) -> (&[u8], &[u8]) {
    let (digits, rest) = der[2..].split_at(usize::from(der[1]));
    let zeros = digits.iter().take_while(|byte| **byte == 0).count();
    (&digits[zeros..], rest)
}

/// The SEQUENCE of r and s. For these curves all lengths are below 128.
fn der(fixed: &[u8]) -> Vec<u8> {
    let (r, s) = fixed.split_at(fixed.len() / 2);
    let integers = [r, s].map(|number| {
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        let sign = if number[zeros] >= 0x80 { &[0][..] } else { &[] };
        let digits = [sign, &number[zeros..]].concat();
        [&[2, u8::try_from(digits.len()).unwrap()], &*digits].concat()
    });
    let content = integers.concat();
    [&[0x30, u8::try_from(content.len()).unwrap()], &*content].concat()
}
