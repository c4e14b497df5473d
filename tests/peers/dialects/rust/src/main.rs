//! Token libraries for Rust: `jwtick-dialects LIBRARY SECRET-FILE`, with a stopped clock.
//!
//! Reads a token from each line, and answers each by `A`, or by `R` and the error.

use std::error::Error;
use std::io::{BufRead, stdin};
use std::{env, fs};

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use jwt_compact::alg::{Hs256, Hs256Key};
use jwt_compact::{AlgorithmExt, TimeOptions, UntrustedToken};
use jwt_simple::prelude::{HS256Key, MACLike, NoCustomClaims};
use serde_json::{Map, Value};

type Verified = Result<(), Box<dyn Error>>;

fn jsonwebtoken(token: &str, secret: &[u8]) -> Verified {
    let key = DecodingKey::from_secret(secret)?;
    jsonwebtoken::decode::<Map<String, Value>>(token, &key, &Validation::new(Algorithm::HS256))?;
    Ok(())
}

fn jwt_simple(token: &str, secret: &[u8]) -> Verified {
    HS256Key::from_bytes(secret).verify_token::<NoCustomClaims>(token, None)?;
    Ok(())
}

fn jwt_compact(token: &str, secret: &[u8]) -> Verified {
    let untrusted = UntrustedToken::new(token)?;
    let verified =
        Hs256.validator::<Map<String, Value>>(&Hs256Key::new(secret)).validate(&untrusted)?;
    verified.claims().validate_expiration(&TimeOptions::default())?;
    Ok(())
}

fn main() -> Verified {
    let arguments: Vec<String> = env::args().collect();
    let secret = fs::read(&arguments[2])?;
    let verify = match arguments[1].as_str() {
        "jsonwebtoken-rs" => jsonwebtoken,
        "jwt-simple" => jwt_simple,
        _ => jwt_compact,
    };
    for line in stdin().lock().lines() {
        match verify(&line?, &secret) {
            Ok(()) => println!("A"),
            Err(error) => println!("R {:?}", error.to_string()),
        }
    }
    Ok(())
}
