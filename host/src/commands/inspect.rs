//! `jwtick inspect`: what a token says. Whether it is true, only `verify` can tell.

mod token;

use jwtick_core::render::Language;
use jwtick_core::{Span, TimeBounds};

pub(crate) use token::Inspected;

use crate::cli::InspectArgs;
use crate::config::{Config, pick};
use crate::error::Error;
use crate::exit::Exit;
use crate::input::Origin;
use crate::input::tokens;
use crate::notation::instant::Moment;
use crate::report::page::Page;
use crate::source::os;
use crate::verification::{Basis, JudgingTime};
use crate::{input, output, report};

/// Shows every token in the input.
///
/// # Errors
/// [`Error::NoToken`] if there is none, and whatever keeps the input from being read.
pub(crate) fn run(args: &InspectArgs, config: &Config, language: Language) -> Result<Exit, Error> {
    let text = input::text(&args.text, language)?;
    let tokens: Vec<Inspected> = tokens::find(&text).into_iter().map(Inspected::read).collect();
    if tokens.is_empty() {
        let is_blank = text.trim_ascii().is_empty();
        let origin = if is_blank { Origin::Nothing } else { input::origin(&args.text) };
        return Err(Error::NoToken { origin });
    }
    let uncertainty = pick(args.uncertainty, config.settings.uncertainty.as_ref(), Span::ZERO);
    let time = args.choice.judging_time(args.at, uncertainty, config, language)?;
    let now = Now::by(&time, args.at)?;
    let answers: Vec<String> = if args.json {
        tokens.iter().map(|token| report::inspection::json(token, &now)).collect()
    } else {
        let page = Page::of_terminal(language);
        let text = |token| page.fitted(&report::inspection::text(token, &now, language));
        tokens.iter().map(text).collect()
    };
    output::print(&answers.join(if args.json { "" } else { "\n" }))?;
    let malformed = tokens.iter().any(|token| token.fault().is_some());
    Ok(if malformed { Exit::Malformed } else { Exit::Done })
}

/// The moment to look from.
pub(crate) struct Now<'r> {
    /// Where UTC lies at it.
    pub(crate) utc: TimeBounds,
    /// Where this host's clock alone would have it, if another one was measured.
    pub(crate) own: Option<TimeBounds>,
    pub(crate) basis: &'r Basis,
}

impl<'r> Now<'r> {
    fn by(time: &'r JudgingTime, moment: Moment) -> Result<Self, Error> {
        let own = || moment.bounds(TimeBounds::exactly(os::reading()));
        let basis = time.basis();
        let measured = matches!(basis, Basis::Measured { .. } | Basis::Contradicted(_));
        Ok(Self { utc: time.utc()?, own: measured.then(own), basis })
    }
}
