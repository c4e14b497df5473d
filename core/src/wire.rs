//! SNTP packets (RFC 5905 §14): a request, and what its reply proves about the clock.

mod packet;
mod reference;
mod refusal;
mod request;
mod sample;
mod stamp;

pub use packet::Leap;
pub use reference::{KissCode, ReferenceId};
pub use refusal::{SntpRefusal, SntpStamp};
pub use request::SntpRequest;
pub use sample::{SntpPolicy, SntpSample};

/// Bytes of a packet without extension fields (RFC 5905 §7.3).
const LENGTH: usize = 48;
