//! `jwtick key`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jwtick_core::token::Algorithm;

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    Generate(GenerateArgs),
    /// Print the public half of a key, which may be shown to anybody
    Public {
        #[command(flatten)]
        file: KeyFileArgs,
        /// Form [default: JWK for a JWK, else PEM]
        #[arg(long, value_enum)]
        format: Option<KeyFormat>,
    },
    /// Print the name of a key that anybody can compute (RFC 7638)
    Thumbprint(KeyFileArgs),
}

/// Make a private key or a secret
#[derive(Debug, Args)]
pub(crate) struct GenerateArgs {
    /// Algorithm that the key is for
    #[arg(long, value_name = "ALG", value_parser = crate::keys::algorithm)]
    pub(crate) alg: Algorithm,
    /// Length of an RSA key
    #[arg(long, value_enum, default_value_t = Bits::Bits2048)]
    pub(crate) bits: Bits,
    /// Form [default: pem; jwk for a secret and with --kid]
    #[arg(long, value_enum)]
    pub(crate) format: Option<KeyFormat>,
    /// Name that a token's header shall call the key by
    #[arg(long, value_name = "ID")]
    pub(crate) kid: Option<String>,
    /// New file for the key, which only its owner can read [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct KeyFileArgs {
    /// File with a key: PEM, DER, a certificate, a JWK or a JWK Set; `-` is standard input
    #[arg(value_name = "FILE|-")]
    pub(crate) file: PathBuf,
}

/// How a key is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeyFormat {
    /// PKCS#8 or SubjectPublicKeyInfo
    Pem,
    /// JSON Web Key
    Jwk,
}

/// The lengths of RSA keys that every verifier takes.
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
