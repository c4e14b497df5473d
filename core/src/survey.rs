//! Clock verdicts from several sources: series of `Date` headers and SNTP replies, selection among
//! sources, the sources that are one witness, rules for stepping a clock, and remedies.

mod agreement;
mod correction;
mod date_series;
mod node_clocks;
mod remedy;
mod rtc;
mod selection;
mod sntp_series;
mod step;
mod verdict;
mod witness;

pub use correction::{Correction, CorrectionRefusal};
pub use date_series::{DateFault, DateOrigin, DateSample, DateSeries};
pub use node_clocks::{Heard, NodeClock, NodeClocks};
pub use remedy::{Keeper, Remedy};
pub use rtc::RtcFault;
pub use selection::{NoMajority, Selection};
pub use sntp_series::{SntpContradiction, SntpSeries};
pub(crate) use step::shown;
pub use step::{Step, StepLimit, StepRefusal};
pub use verdict::{ClockVerdict, Doubt, Survey};
pub use witness::{Kinship, Testimony, Witness, canonical_address, is_link_local, this_host};
