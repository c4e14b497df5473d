//! Generates code from rows of the tables.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const SIGNATURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/jose/signatures.tsv");
const FORGERIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/jose/forgeries.tsv");

/// The rows of the table, and the members of their keys to include.
const WANTED: [(&str, &str, &[&str]); 4] = [
    ("RFC 7515 A.1", "HS256", &["k"]),
    ("RFC 7515 A.2", "RS256", &["n", "e"]),
    ("RFC 7515 A.3", "ES256", &["x", "y"]),
    ("RFC 8037 A.4", "EDDSA", &["x"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    for table in [SIGNATURES, FORGERIES] {
        println!("cargo:rerun-if-changed={table}");
    }
    let code = signed(&fs::read_to_string(SIGNATURES)?)?;
    let code = code + &forged(&fs::read_to_string(FORGERIES)?)?;
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("signed.rs"), code)?)
}

fn signed(table: &str) -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    for (source, name, members) in WANTED {
        let row = table.lines().find(|row| row.starts_with(source));
        let columns: Vec<_> = row.ok_or(source)?.split('\t').collect();
        let [.., jwk, compact] = columns.as_slice() else { return Err(source.into()) };
        writeln!(code, "/// {source}\npub const {name}: &[u8] = b\"{compact}\";")?;
        for member in members {
            let bytes = URL_SAFE_NO_PAD.decode(value(jwk, member).ok_or(source)?)?;
            let member_name = member.to_uppercase();
            writeln!(
                code,
                "/// `{member}` of its key\npub const {name}_{member_name}: &[u8] = &{bytes:?};"
            )?;
        }
    }
    Ok(code)
}

/// Copies the rows, except for the signature, which is decoded because a program on the device
/// could not do it.
fn forged(table: &str) -> Result<String, Box<dyn Error>> {
    let mut code = "/// Name, algorithm, outcome, key, signature\n\
        pub const FORGERIES: &[(&str, &str, &str, &str, &[u8])] = &[\n"
        .to_owned();
    for row in table.lines().skip(1) {
        let columns: Vec<_> = row.split('\t').collect();
        let [name, algorithm, outcome, jwk, signature] = columns.as_slice() else {
            return Err(row.into());
        };
        let bytes = URL_SAFE_NO_PAD.decode(signature)?;
        writeln!(code, "({name:?}, {algorithm:?}, {outcome:?}, {jwk:?}, &{bytes:?}),")?;
    }
    Ok(code + "];\n")
}

/// Returns the text of a member that the table writes as `"name":"text"`.
fn value<'j>(jwk: &'j str, name: &str) -> Option<&'j str> {
    let (_, rest) = jwk.split_once(&format!("\"{name}\":\""))?;
    rest.split_once('"').map(|(text, _)| text)
}
