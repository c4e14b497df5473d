//! `jwtick sign`.

use clap::Args;

/// Make a signed token
#[derive(Debug, Args)]
pub(crate) struct SignArgs {}
