//! The log: an entry for each verdict, without tokens and queries.

use super::verify::Decision;

/// A decision about one request.
pub(crate) struct Entry<'e> {
    pub(crate) decision: &'e Decision,
    pub(crate) status: u16,
    pub(crate) method: &'e str,
    /// The path of the original request; `None` if the front does not tell.
    pub(crate) path: Option<&'e str>,
    pub(crate) trace: Option<&'e str>,
}

/// The destination of entries.
pub(crate) struct Journal(Box<dyn Fn(&Entry<'_>) + Send + Sync>);

impl Journal {
    pub(crate) fn to(write: impl Fn(&Entry<'_>) + Send + Sync + 'static) -> Self {
        Self(Box::new(write))
    }

    pub(super) fn write(&self, entry: &Entry<'_>) {
        (self.0)(entry);
    }
}
