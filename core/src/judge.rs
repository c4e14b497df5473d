//! Judging claims against bounds on UTC: policy, rules, margins, findings, verdict.

mod finding;
mod judgement;
mod margin;
mod policy;
mod verdict;

pub use finding::Finding;
pub use judgement::Judgement;
pub use margin::Margin;
pub use policy::{Enforcement, Policy, Rule};
pub use verdict::Verdict;
