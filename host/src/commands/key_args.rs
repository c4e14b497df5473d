//! Where a key comes from: the same for `verify` and `sign`. Never from the command line itself,
//! which every user of the host can read.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::keys::KeySource;
use clap::Args;

/// Exactly one source of keys.
#[derive(Debug, Default, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct KeyArgs {
    /// File with a key: PEM, DER, a certificate, a JWK or a JWK Set; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// File whose bytes, each of them, are an HMAC secret; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<PathBuf>,
    /// Environment variable whose text is an HMAC secret
    #[arg(long, value_name = "NAME")]
    pub(crate) secret_env: Option<OsString>,
}

impl KeyArgs {
    /// The source that was chosen.
    pub(crate) fn source(&self) -> KeySource {
        KeySource {
            key: self.key.clone(),
            secret_file: self.secret_file.clone(),
            secret_env: self.secret_env.clone(),
        }
    }

    /// Whether standard input is spoken for.
    pub(crate) fn uses_stdin(&self) -> bool {
        [&self.key, &self.secret_file].into_iter().flatten().any(|name| name == Path::new("-"))
    }
}
