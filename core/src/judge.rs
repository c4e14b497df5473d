//! Judging claims against bounds on UTC: policy, rules, margins, findings, verdict.

mod finding;
mod judgement;
mod margin;
mod policy;
mod rank;
mod verdict;

pub use finding::Finding;
pub use judgement::Judgement;
pub use margin::Margin;
pub use policy::{Enforcement, Policy, Rule};
pub use rank::{Failure, first_refused};
pub use verdict::Verdict;
