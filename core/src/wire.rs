//! SNTP packets (RFC 5905 §14): a request, and what its reply proves about the clock.

mod distance;
mod kiss;
mod leap;
mod packet;
mod policy;
mod reference;
mod refusal;
mod request;
mod sample;
mod stamp;

pub use kiss::KissCode;
pub use leap::Leap;
pub use policy::SntpPolicy;
pub use reference::ReferenceId;
pub use refusal::{SntpRefusal, SntpStamp};
pub use request::SntpRequest;
pub use sample::SntpSample;

/// Bytes of a packet without extension fields (RFC 5905 §7.3).
const LENGTH: usize = 48;
