//! What the log tells of an answer.

use http::HeaderName;
use http::header::{AGE, CONTENT_TYPE, DATE, RETRY_AFTER, SERVER, VIA, WWW_AUTHENTICATE};
use jwtick_core::evidence::transcript::Entry;
use jwtick_core::evidence::transcript::Level::{Error, Info};

use super::exchange::Exchanged;
use super::scene::Run;

/// Fields of an answer that tell of time or of the refusal, in this order.
const TELLING: [HeaderName; 7] =
    [DATE, AGE, VIA, SERVER, CONTENT_TYPE, WWW_AUTHENTICATE, RETRY_AFTER];

impl Run<'_, '_, '_> {
    /// Writes the head of an answer, as far as it tells of time or of a refusal.
    pub(super) fn conversation(&mut self, answer: &Exchanged) {
        let level = if answer.status.is_success() { Info } else { Error };
        let status = answer.status.to_string();
        self.write(level, Entry::Status { status: status.as_str().into() });
        for name in TELLING {
            if let Some(value) = answer.field(&name) {
                let name = title(&name);
                let (name, value) = (name.as_str().into(), value.into());
                self.write(level, Entry::Header { name, value });
            }
        }
    }
}

// Names of fields are lower case on the wire of HTTP/2, and in the style of the log they are not.
fn title(name: &HeaderName) -> String {
    let parts = name.as_str().split('-').map(|part| {
        let (first, rest) = part.split_at_checked(1).unwrap_or((part, ""));
        first.to_ascii_uppercase() + rest
    });
    parts.collect::<Vec<_>>().join("-")
}
