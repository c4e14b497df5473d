//! Formats that others send: small parsers of untrusted bytes.

mod http_date;
mod sntp;

pub use http_date::{HttpDate, HttpDateError};
pub use sntp::{
    KissCode, Leap, ReferenceId, SntpContradiction, SntpPolicy, SntpRefusal, SntpRequest,
    SntpSample, SntpSeries, SntpStamp,
};
