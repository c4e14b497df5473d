//! What the log tells of an answer.

use http::HeaderName;
use http::header::{AGE, CONTENT_TYPE, DATE, RETRY_AFTER, SERVER, VIA, WWW_AUTHENTICATE};

use super::exchange::Exchanged;
use super::scene::Run;
use super::transcript::Level::{Error, Info};

/// Fields of an answer that tell of time or of the refusal, in this order.
const TELLING: [HeaderName; 7] =
    [DATE, AGE, VIA, SERVER, CONTENT_TYPE, WWW_AUTHENTICATE, RETRY_AFTER];

impl Run<'_, '_, '_> {
    /// Writes the head of an answer, as far as it tells of time or of a refusal.
    pub(super) fn conversation(&mut self, answer: &Exchanged) {
        let level = if answer.status.is_success() { Info } else { Error };
        self.write(level, format_args!(" HTTP/1.1 {}", answer.status));
        for name in TELLING {
            if let Some(value) = answer.field(&name) {
                self.write(level, format_args!(" {}: {value}", title(&name)));
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
