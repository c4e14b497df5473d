//! Errors: reasons why a command failed. A verdict is not an error.

use core::fmt;
use std::io;

use jwtick_core::token::ClaimsError;

pub(crate) use crate::file::FileError;

use super::clock::step::error::StepError;
use super::diagnose::args::UsageError;
use super::effect::NoEffect;
use super::serve::args::NoPolicy;
use crate::config::ConfigError;
use crate::exit::Exit;
use crate::fleet::LineFault;
use crate::http::client::{IdentityError, UrlFault};
use crate::http::server::ListenError;
use crate::input::Origin;
use crate::keys::KeyError;
use crate::measurement::MeasurementError;
use crate::notation::zone::NotAZone;
use crate::output::WriteError;
use crate::probe::{LogLacks, NotAnAccount};
use crate::serve::{SocketError, StoreError};
use crate::stand_in::StartError;

/// A reason why a command failed: what was expected, what was found, and what to do.
#[derive(Debug)]
pub(crate) enum Error {
    /// A file or standard input could not be used.
    File(FileError),
    /// The value of `--tz` is not a time zone.
    Zone { met: String, fault: NotAZone },
    /// Options of `diagnose` have no meaning together.
    Diagnose(UsageError),
    /// A key could not be used.
    Key(KeyError),
    /// A file does not contain a claims set.
    Claims { name: String, fault: ClaimsError },
    /// Standard output could not be written.
    Write(WriteError),
    /// A token has no such claim.
    NoClaim { name: String },
    /// The input contains no token.
    NoToken { origin: Origin },
    /// The input contains more than the one token that was expected.
    SeveralTokens { count: usize },
    /// The lifetime of a token is unknown.
    NoLifetime,
    /// The service has no policy.
    Serve(NoPolicy),
    /// The service has no place for used tokens.
    Store(StoreError),
    /// A socket of systemd cannot be used.
    Socket(SocketError),
    /// The address of the service is not available.
    Listen(ListenError),
    /// The stand-in could not start.
    StandIn(StartError),
    /// The web page is at none of its usual places.
    NoPage,
    /// Signals cannot be caught.
    Signals { source: io::Error },
    /// Standard input was named twice.
    StdinTwice,
    /// A configuration file could not be used.
    Config(ConfigError),
    /// No clock could be used.
    Clock(MeasurementError),
    /// An address of the stand-in is not a URL.
    Url(UrlFault),
    /// A client certificate could not be used.
    Identity { name: String, fault: IdentityError },
    /// A client certificate without its key, or the reverse.
    HalfIdentity,
    /// Secrets would be sent without encryption.
    Exposed { url: String },
    /// No connection to test was given.
    NoProfile,
    /// A connection has no key to sign its assertions with.
    NoSigner,
    /// A file is not that of a service account.
    Account { name: String, fault: NotAnAccount },
    /// A log does not show a whole connection.
    Log { name: String, lacks: LogLacks },
    /// A line of a table, or of states of hosts, has no meaning.
    Line { name: String, fault: LineFault },
    /// An option has no effect in this combination.
    NoEffect(NoEffect),
    /// PEM cannot carry a `kid`.
    KidInPem,
    /// The clock is not set.
    Step(StepError),
}

impl Error {
    pub(crate) const fn exit(&self) -> Exit {
        match self {
            Self::Clock(MeasurementError::Contradiction(_)) => Exit::Undecided,
            Self::Clock(MeasurementError::NoClock(_) | MeasurementError::Lost(_)) => Exit::Failed,
            Self::Step(fault) => fault.exit(),
            Self::Zone { .. }
            | Self::Diagnose(_)
            | Self::StdinTwice
            | Self::KidInPem
            | Self::NoEffect(_)
            | Self::NoProfile
            | Self::Serve(_)
            | Self::NoSigner
            | Self::Account { .. }
            | Self::Log { .. }
            | Self::NoLifetime
            | Self::HalfIdentity
            | Self::Exposed { .. }
            | Self::Clock(_)
            | Self::Config(ConfigError::Invalid { .. }) => Exit::Usage,
            Self::NoToken { .. } => Exit::Malformed,
            _ => Exit::Failed,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(fault) => fault.fmt(f),
            Self::Zone { met, fault } => write!(f, "--tz is `{}`: {fault}", met.escape_debug()),
            Self::Diagnose(fault) => fault.fmt(f),
            Self::Key(fault) => fault.fmt(f),
            Self::Serve(fault) => fault.fmt(f),
            Self::Store(fault) => fault.fmt(f),
            Self::Socket(fault) => fault.fmt(f),
            Self::Listen(fault) => fault.fmt(f),
            Self::StandIn(fault) => fault.fmt(f),
            Self::NoPage => f.write_str(NO_PAGE),
            Self::Signals { source } => write!(f, "cannot catch signals: {source}"),
            Self::Claims { name, fault } => write!(f, "{name}: {fault}"),
            Self::Write(fault) => fault.fmt(f),
            Self::NoClaim { name } => no_claim(name, f),
            Self::SeveralTokens { count } => {
                write!(f, "expected one token, but found {count}: give a file with one")
            }
            Self::NoLifetime => f.write_str(NO_LIFETIME),
            Self::NoToken { origin } => f.write_str(no_token(*origin)),
            Self::Url(fault) => fault.fmt(f),
            Self::Exposed { url } => exposed(url, f),
            Self::NoProfile => f.write_str(NO_PROFILE),
            Self::NoSigner => f.write_str(
                "no key signs the assertion: pass --key FILE or --secret-file FILE, or set key in the profile",
            ),
            Self::Account { name, fault } => write!(f, "{name}: {fault}"),
            Self::Log { name, lacks } => write!(f, "{name}: {lacks}"),
            Self::Line { name, fault } => write!(f, "{name}: {fault}"),
            Self::Identity { name, fault } => write!(f, "{name}: {fault}"),
            Self::HalfIdentity => f.write_str(HALF_IDENTITY),
            Self::NoEffect(fault) => fault.fmt(f),
            Self::KidInPem => f.write_str(KID_IN_PEM),
            Self::StdinTwice => f.write_str(STDIN_TWICE),
            Self::Config(fault) => fault.fmt(f),
            Self::Clock(fault) => fault.fmt(f),
            Self::Step(fault) => fault.fmt(f),
        }
    }
}

const NO_PAGE: &str = "expected jwtick.html next to the program or in ../share/jwtick, but found no file: name it \
     (jwtick page FILE); it is part of each release";

const NO_PROFILE: &str =
    "no connection given: pass a profile, --from FILE, or --issuer and --token-url";

const STDIN_TWICE: &str =
    "standard input cannot be both the key and the token or claims: pass one of them as a file";

const KID_IN_PEM: &str = "PEM cannot carry a kid: pass --kid only with --format jwk";

const HALF_IDENTITY: &str = "a client certificate and its private key must be given together: pass both \
     --client-cert and --client-key, or set cert and key under [tls]";

const NO_LIFETIME: &str =
    "the token has `exp`, but neither `iat` nor `nbf`, so its lifetime is unknown: pass --exp";

const fn no_token(origin: Origin) -> &'static str {
    match origin {
        Origin::Named => {
            "no token in the input: a token has three parts separated by dots and starts with eyJ"
        }
        Origin::Nothing => {
            "the input is empty: expected a token, which has three parts separated by dots and starts \
             with eyJ"
        }
        Origin::Words => {
            "no token in the input, and no file of that name: a token has three parts separated by dots \
             and starts with eyJ"
        }
    }
}

fn no_claim(name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "the token has no claim `{}` that can be read", name.escape_debug())
}

fn exposed(url: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(
        f,
        "secrets would go to {url} over plain http, where everyone on the way can read them: name \
         its https URL, or add --insecure to send them nevertheless"
    )
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::File(fault) => Some(fault),
            Self::Write(fault) => Some(fault),
            Self::Signals { source } => Some(source),
            Self::Serve(fault) => Some(fault),
            Self::Store(fault) => Some(fault),
            Self::Socket(fault) => Some(fault),
            Self::Listen(fault) => Some(fault),
            Self::StandIn(fault) => Some(fault),
            Self::Key(fault) => Some(fault),
            Self::Identity { fault, .. } => Some(fault),
            Self::Config(fault) => Some(fault),
            Self::Clock(fault) => Some(fault),
            Self::Step(fault) => Some(fault),
            Self::NoEffect(fault) => Some(fault),
            Self::Line { fault, .. } => Some(fault),
            _ => None,
        }
    }
}

/// An error of a module is that variant of [`Error`].
macro_rules! from {
    ($($fault:ident => $variant:ident,)+) => {
        $(impl From<$fault> for Error {
            fn from(fault: $fault) -> Self {
                Self::$variant(fault)
            }
        })+
    };
}

from! {
    FileError => File,
    KeyError => Key,
    NoPolicy => Serve,
    StoreError => Store,
    SocketError => Socket,
    ListenError => Listen,
    StartError => StandIn,
    ConfigError => Config,
    NoEffect => NoEffect,
    StepError => Step,
    MeasurementError => Clock,
    WriteError => Write,
}
