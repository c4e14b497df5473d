//! Formats that others send: small parsers of untrusted bytes.

mod http_date;

pub use http_date::{HttpDate, HttpDateError};
