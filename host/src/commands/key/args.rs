//! `jwtick key`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jwtick_core::token::Algorithm;
use jwtick_core::words::Language;

use crate::commands::error::Error;
use crate::file;
use crate::keys::{self, Keys};

use crate::commands::args::algorithm;

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    Generate(GenerateArgs),
    /// Print the public half of a key
    Public {
        #[command(flatten)]
        file: KeyFileArgs,
        /// Output format [default: jwk if the input is a JWK, else pem]
        #[arg(long, value_enum)]
        format: Option<KeyFormat>,
    },
    /// Print the JWK thumbprint of a key (RFC 7638)
    Thumbprint(KeyFileArgs),
}

/// Generate a private key or an HMAC secret
#[derive(Debug, Args)]
pub(crate) struct GenerateArgs {
    /// Algorithm to generate the key for, such as RS256
    #[arg(long, value_name = "ALG", value_parser = algorithm())]
    pub(crate) alg: Algorithm,
    /// Length of an RSA key in bits [default: 2048]
    #[arg(long, value_enum)]
    pub(crate) bits: Option<Bits>,
    /// Output format [default: jwk for a secret or with --kid, else pem]
    #[arg(long, value_enum)]
    pub(crate) format: Option<KeyFormat>,
    /// Key ID to write into the JWK
    #[arg(long, value_name = "ID")]
    pub(crate) kid: Option<String>,
    /// File to create for the key, readable only by its owner [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct KeyFileArgs {
    /// File with a key: PEM, DER, a certificate, a JWK or a JWK Set; `-` is standard input
    #[arg(value_name = "FILE|-")]
    pub(crate) file: PathBuf,
    /// File with the password of an encrypted private key [default: asked for on a terminal]
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

impl KeyFileArgs {
    /// Reads the keys.
    ///
    /// # Errors
    /// As for [`keys::from_file`], and [`Error::StdinTwice`].
    pub(super) fn read(&self, language: Language) -> Result<Keys, Error> {
        let is_stdin = |name: &PathBuf| file::is_stdin(name);
        if is_stdin(&self.file) && self.password_file.as_ref().is_some_and(is_stdin) {
            return Err(Error::StdinTwice);
        }
        Ok(keys::from_file(&self.file, self.password_file.as_deref(), language)?)
    }
}

/// Output format of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeyFormat {
    /// PKCS#8 or SubjectPublicKeyInfo
    Pem,
    /// JSON Web Key
    Jwk,
}

/// The RSA key lengths that every verifier accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Bits {
    #[value(name = "2048")]
    Bits2048,
    #[value(name = "3072")]
    Bits3072,
    #[value(name = "4096")]
    Bits4096,
}

impl Bits {
    pub(crate) const fn count(self) -> usize {
        match self {
            Self::Bits2048 => 2048,
            Self::Bits3072 => 3072,
            Self::Bits4096 => 4096,
        }
    }
}
