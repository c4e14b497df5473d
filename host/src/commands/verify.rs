//! `jwtick verify`.

use crate::cli::VerifyArgs;
use crate::error::Error;
use crate::exit::Exit;
use crate::language::Lang;

pub(crate) fn run(_args: &VerifyArgs, _language: Lang) -> Result<Exit, Error> {
    Err(Error::Unsupported { sentence: "this command is not finished" })
}
