//! `jwtick diagnose`.

use jwtick_core::render::Language;

use crate::cli::DiagnoseArgs;
use crate::error::Error;
use crate::exit::Exit;

pub(crate) fn run(_args: &DiagnoseArgs, _language: Language) -> Result<Exit, Error> {
    Err(Error::Unfinished)
}
