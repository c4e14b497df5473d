//! How to find out a question that a text leaves open.

/// The one line or command that would decide what the text leaves open.
///
/// # Example
/// ```
/// use jwtick_core::{Decider, Diagnoser, Options};
/// let decider = |text: &[u8]| {
///     let mut diagnoser = Diagnoser::new(Options::default());
///     diagnoser.feed(text);
///     diagnoser.finish().decider
/// };
/// assert_eq!(decider(b"JWT has expired\n"), Some(Decider::ServerDate));
/// assert_eq!(decider(b"all is well\n"), Some(Decider::FailedCall));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Decider {
    /// The `Date` header of the refusing server beside `date -u` of this host.
    ServerDate,
    /// The zone of the log (`--tz`).
    LogZone,
    /// The client's own stamp, in UTC, of the moment when the refusal arrived.
    OwnStamp,
    /// `iat` and `exp` of the refused token.
    TokenTimes,
    /// The dates of the certificate, and `date -u`.
    CertificateDates,
    /// The log around a failed call: this text holds no refusal.
    FailedCall,
}
