//! Judges claims against bounds on UTC: policy, rules, margins, findings and verdict.
//!
//! Follows RFC 7519 §4.1. If the bounds contain the edge of a claim, the verdict is
//! [`Verdict::Undecided`]: neither acceptance nor rejection can be proved. With exact bounds, every
//! verdict is that of RFC 7519. All findings are reported, not only the first.
//!
//! [`Token::judge`](crate::Token::judge) is the only way to get an accepted token.

mod accept;
mod finding;
mod findings;
mod policy;
mod rank;
mod rule;
mod verdict;

pub use accept::NotAccepted;
pub use finding::{Finding, Margin};
pub use findings::{Findings, Judgement};
pub use policy::{Enforcement, Policy};
pub use rank::{Failure, first_refused};
pub use rule::Rule;
pub use verdict::Verdict;
