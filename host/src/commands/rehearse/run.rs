//! `jwtick rehearse`: runs both sides of a connection in this process, with a wrong clock.

use core::time::Duration;

use jwtick_core::Span;
use jwtick_core::judge::Enforcement;
use jwtick_core::token::Algorithm;
use jwtick_core::words::Language;

use super::answer;
use super::args::RehearseArgs;
use crate::commands::error::Error;
use crate::commands::probe;
use crate::commands::probe::parts::Parts;
use crate::exit::Exit;
use crate::http::client::Target;
use crate::keys::{self, Key, KeyError, Keys};
use crate::notation::zone;
use crate::output::{self, WriteError};
use crate::page::layout::Page;
use crate::probe::{ConnectionTest, Outcome, Profile, Report, Retry, Transcript};
use crate::source::LocalClock;
use crate::source::http_date::Effort;
use crate::stand_in::{Config, Registered, Registry, StandIn, StartError, Terms, Urls};

const AGENT: &str = "mp_replication_agent";
const PATIENCE: Duration = Duration::from_secs(10);

/// Reproduces the rejection, then shows that the correct time fixes it.
///
/// # Errors
/// Any reason why the server cannot start or the answer cannot be written.
pub(crate) fn run(args: &RehearseArgs, language: Language) -> Result<Exit, Error> {
    // Generating an elliptic-curve key takes a millisecond; an RSA key can take a second.
    let key = keys::generate(Algorithm::Es256, 0)?;
    let stand_in = StandIn::start(config(args, &key)?)?;
    let stage = Stage::new(stand_in.urls(), key, args, language)?;
    let wrong = LocalClock::read().shifted(-args.offset);
    stage.announce(answer::wrong(args.offset, language))?;
    let refused = stage.play(wrong, Some(Effort::Brief))?;
    stage.show(&refused)?;
    let Some(server) = refused.server.filter(|_| refused.outcome == Outcome::Refused) else {
        stand_in.stop();
        // If the clock is not wrong enough, nothing is rejected. If its error could not be measured,
        // there is no fix to show.
        return Ok(ended(&refused));
    };
    stage.announce(answer::corrected(language))?;
    let connected = stage.play(wrong.shifted(server.least()), None)?;
    stage.show(&connected)?;
    stand_in.stop();
    Ok(ended(&connected))
}

fn ended(report: &Report) -> Exit {
    if report.outcome == Outcome::Connected { Exit::Done } else { Exit::Failed }
}

fn config(args: &RehearseArgs, key: &Key) -> Result<Config, Error> {
    let mut registry = Registry::new().ok_or(StartError::NoRandomness)?;
    registry.register(Registered { issuer: Some(AGENT.to_owned()), keys: Keys::of(public(key)?) });
    let terms = Terms {
        leeway: args.leeway,
        max_lifetime: Some(Span::from_secs(3_600)),
        future_iat: Enforcement::Enforce,
        ..Terms::RFC7523
    };
    Ok(Config { terms, wording: args.wording.into(), ..Config::ordinary(registry) })
}

fn public(key: &Key) -> Result<Key, KeyError> {
    let text = keys::public_jwk(&key.jwk()?)?.ok_or(KeyError::None)?;
    Ok(Key::new(text, keys::Format::Jwk)?)
}

/// The two sides of the connection.
struct Stage<'a> {
    profile: Profile,
    parts: Parts,
    args: &'a RehearseArgs,
    language: Language,
}

impl<'a> Stage<'a> {
    fn new(
        urls: &Urls,
        key: Key,
        args: &'a RehearseArgs,
        language: Language,
    ) -> Result<Self, Error> {
        let target = |url: &str| Target::parse(url).map_err(Error::Url);
        let profile = Profile::bare(AGENT, &target(&urls.token)?);
        let profile = profile.with_receiver(&target(&urls.receiver)?);
        let parts = Parts::signed_by(Keys::of(key), &profile)?;
        Ok(Self { profile, parts, args, language })
    }

    /// Runs one test with a clock that may be wrong.
    fn play(&self, local: LocalClock, server_clock: Option<Effort>) -> Result<Report, Error> {
        let usual = self.parts.connection_test(&self.profile, PATIENCE, self.language);
        let test = ConnectionTest { local, server_clock, ..usual };
        let shown = !self.args.json;
        let log = Transcript::new(AGENT, zone::local(), |line| {
            if shown {
                // If the reader closes the pipe, the rehearsal continues without output.
                let _ = output::print(line);
            }
        });
        test.run(log, Retry::Never, None).map_err(|source| Error::Signals { source })
    }

    fn announce(&self, sentence: String) -> Result<(), WriteError> {
        if self.args.json { Ok(()) } else { output::print(&answer::heading(&sentence)) }
    }

    fn show(&self, report: &Report) -> Result<(), WriteError> {
        output::print(&if self.args.json {
            probe::answer::json(report, self.language).into()
        } else {
            probe::answer::text(report, &Page::of_terminal(self.language))
        })
    }
}
