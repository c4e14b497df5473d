//! The ends of an attempt to verify a token: it is refused, or its key may be among newer ones.

use std::sync::Arc;

use jwtick_core::token::DecodeError;

use super::decision::{About, Detail, Refusal};
use super::reason::Reason;
use super::service::Issuer;
use crate::input::tokens::is_encrypted;
use crate::keys::NotAuthentic;
use crate::verification::Problem;

/// A token that may not pass.
pub(super) struct Refused<T> {
    pub(super) refusal: Refusal,
    /// The result if only the time is against the token, and it had come in time.
    pub(super) in_time: Option<T>,
}

impl<T> From<Refusal> for Refused<T> {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, in_time: None }
    }
}

/// The reason why an attempt ended.
pub(super) enum Stop<T> {
    Refused(Box<Refused<T>>),
    /// The keys of the issuer may be too old.
    KeyUnknown(Arc<Issuer>, Box<Refusal>),
}

impl<T> Stop<T> {
    pub(super) fn refused(self) -> Refused<T> {
        match self {
            Self::Refused(refused) => *refused,
            Self::KeyUnknown(_, refusal) => (*refusal).into(),
        }
    }
}

impl<T> From<Refusal> for Stop<T> {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal.into()))
    }
}

/// The end of an attempt with a token that no key verifies.
pub(super) fn unauthentic<T>(fault: NotAuthentic, issuer: &Arc<Issuer>, about: About) -> Stop<T> {
    match fault {
        NotAuthentic::Signature => {
            let problem = Detail::Token(Problem::Signature(None));
            Refusal::new(Reason::Signature, about).with(problem).into()
        }
        NotAuthentic::Key(fault) => {
            let may_be_new = fault.may_be_in_newer_set();
            let detail = Detail::Token(Problem::Key(fault));
            let refusal = Refusal::new(Reason::UnknownKey, about).with(detail);
            match may_be_new {
                true => Stop::KeyUnknown(Arc::clone(issuer), Box::new(refusal)),
                false => refusal.into(),
            }
        }
    }
}

/// The refusal of a token that cannot be decoded.
pub(super) fn unreadable(token: &[u8], fault: DecodeError) -> Refusal {
    let (reason, problem) = if is_encrypted(token) {
        (Reason::Encrypted, Problem::Encrypted)
    } else {
        (Reason::Malformed, Problem::Decode(fault))
    };
    Refusal::new(reason, About::default()).with(Detail::Token(problem))
}
