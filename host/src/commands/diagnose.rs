//! `jwtick diagnose`.

use crate::cli::DiagnoseArgs;
use crate::error::Error;
use crate::exit::Exit;
use crate::language::Lang;

pub(crate) fn run(_args: &DiagnoseArgs, _language: Lang) -> Result<Exit, Error> {
    Err(Error::Unsupported { sentence: "this command is not finished" })
}
