//! Clock verdicts from several sources: series of `Date` headers and SNTP replies, selection among
//! sources, rules for stepping a clock, and remedies.

mod agreement;
mod date_series;
mod node_clocks;
mod remedy;
mod rtc;
mod selection;
mod sntp_series;
mod step;
mod verdict;

pub use date_series::{DateFault, DateOrigin, DateSample, DateSeries};
pub use node_clocks::{Heard, NodeClock, NodeClocks};
pub use remedy::{Keeper, Remedy};
pub use rtc::RtcFault;
pub use selection::{NoMajority, Selection};
pub use sntp_series::{SntpContradiction, SntpSeries};
pub use step::{Step, StepRefusal};
pub use verdict::{ClockVerdict, Doubt, Survey};
