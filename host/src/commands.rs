//! One module per command: its arguments, what it does, and its answer.

#[cfg(feature = "program")]
pub(crate) mod args;
#[cfg(feature = "program")]
pub(crate) mod effect;
#[cfg(feature = "program")]
pub(crate) mod error;
#[cfg(feature = "program")]
pub(crate) mod generated;
#[cfg(feature = "program")]
pub(crate) mod page;
#[cfg(feature = "program")]
pub(crate) mod refusal;

/// `jwtick clock`: compares this host's clock with sources that the user names.
#[cfg(feature = "program")]
pub(crate) mod clock {
    mod answer;
    pub(crate) mod args;
    pub(crate) mod plan;
    pub(crate) mod run;
    mod watch;

    /// `clock --step`: sets the clock to the time that the sources agree on, then measures it again.
    pub(crate) mod step {
        pub(crate) mod answer;
        pub(crate) mod error;
        pub(crate) mod run;
    }
}

/// `jwtick config`: writes a configuration file, or shows every setting and where it comes from.
#[cfg(feature = "program")]
pub(crate) mod config {
    pub(crate) mod answer;
    pub(crate) mod args;
    pub(crate) mod run;
}

/// `jwtick diagnose`: reads logs and reports whose clock is wrong.
pub(crate) mod diagnose {
    #[cfg(feature = "program")]
    pub(crate) mod args;
    #[cfg(feature = "program")]
    mod follow;
    mod identifiers;
    mod intake;
    mod relate;
    #[cfg(feature = "program")]
    mod relations;
    #[cfg(feature = "program")]
    pub(crate) mod run;

    pub(crate) use intake::HOSTS;

    /// The answer as text, as JSON, as a table of hosts and as a report.
    pub(crate) mod answer {
        mod json;
        pub(crate) mod markdown;
        mod picture;
        mod proof;
        pub(crate) mod relation;
        pub(crate) mod table;
        mod text;

        pub(crate) use json::{Found, answer, json};
        pub(crate) use picture::{Clocks, clocks};
        pub(crate) use proof::{Step, steps};
        pub(crate) use text::{kind, left_out_said, list, note, possibilities, text, titled};
    }
}

/// `jwtick explain`: what other verifiers would say of a token, and what the exit codes mean.
#[cfg(feature = "program")]
pub(crate) mod explain {
    mod answer;
    pub(crate) mod args;
    mod exit_codes;
    mod json;
    pub(crate) mod run;
}

/// `jwtick fleet` and `jwtick merge`: the clocks of many hosts.
#[cfg(feature = "program")]
pub(crate) mod fleet {
    mod answer;
    pub(crate) mod args;
    pub(crate) mod gather;
    mod html;
    pub(crate) mod merge;
    mod ranking;
    pub(crate) mod run;
    mod words;
}

/// `jwtick inspect`: shows the unverified contents of a token; `verify` checks them.
#[cfg(feature = "program")]
pub(crate) mod inspect {
    mod answer;
    pub(crate) mod args;
    pub(crate) mod run;
    mod token;
}

/// `jwtick key`: generates keys, extracts public keys and computes thumbprints.
#[cfg(feature = "program")]
pub(crate) mod key {
    pub(crate) mod args;
    pub(crate) mod run;
}

/// `jwtick probe`: a Test Connection button for any service that uses JWT bearer assertions.
#[cfg(feature = "program")]
pub(crate) mod probe {
    pub(crate) mod answer;
    pub(crate) mod args;
    pub(crate) mod parts;
    pub(crate) mod run;
}

/// `jwtick rehearse`: runs both sides of a connection in this process, with a wrong clock.
#[cfg(feature = "program")]
pub(crate) mod rehearse {
    mod answer;
    pub(crate) mod args;
    pub(crate) mod run;
}

/// `jwtick serve`: verifies the tokens of requests for a reverse proxy.
#[cfg(feature = "program")]
pub(crate) mod serve {
    mod answer;
    pub(crate) mod args;
    mod entry;
    mod keys;
    pub(crate) mod run;
    mod settings;
}

/// `jwtick sign`: makes a token.
#[cfg(feature = "program")]
pub(crate) mod sign {
    pub(crate) mod args;
    pub(crate) mod run;
    mod warnings;
}

/// `jwtick stand-in`: an authorization server and a receiver whose clock can be wrong.
#[cfg(feature = "program")]
pub(crate) mod stand_in {
    mod answer;
    pub(crate) mod args;
    pub(crate) mod run;
}

/// `jwtick verify`: verifies one token and judges it.
#[cfg(feature = "program")]
pub(crate) mod verify {
    pub(crate) mod answer;
    pub(crate) mod args;
    pub(crate) mod run;
}
