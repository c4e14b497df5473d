//! JSON Web Tokens, judged by a clock that is only known within bounds, and clock faults found in logs.
#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

#[cfg(any(test, feature = "std"))]
extern crate std;

pub mod diagnosis;
pub mod evidence;
pub mod words;

/// Proofs that a client holds the key that its access token is bound to (DPoP, RFC 9449).
///
/// [`Proof::examine`](dpop::Proof::examine) reads one proof: its kind, its algorithm, the public key in
/// its header, the signature by that key, and its claims. [`Proof::judge`](dpop::Proof::judge) compares it
/// with the request that it came with, and judges its time within bounds on UTC. Each step returns its own
/// type, so a proof that was not examined cannot be judged, and one that was not judged cannot pass for
/// accepted.
///
/// A proof is fresh if its `iat` is within a window, or if its nonce is. The nonces of
/// [`NonceKey`](dpop::NonceKey) carry the time at which the server issued them, so the client's clock no
/// longer matters, and each one bounds that clock on both sides (see
/// [`ClockEstimate`](crate::survey::ClockEstimate)).
///
/// Two checks are left to the caller: that the request has exactly one `DPoP` header, and that the
/// [`jti`](dpop::Proof::id) of the key was not used before (RFC 9449 §11.1).
pub mod dpop {
    mod error;
    mod judgement;
    #[cfg(feature = "sign")]
    mod new_proof;
    mod nonce;
    mod policy;
    mod proof;
    mod target;

    pub use error::{ConfirmationError, ProofError, ProofFault};
    pub use judgement::{ProofJudgement, ProofNotAccepted};
    #[cfg(feature = "sign")]
    pub use new_proof::NewProof;
    pub use nonce::{Nonce, NonceFault, NonceKey};
    pub use policy::{NonceUse, ProofPolicy, Request};
    pub use proof::{Proof, confirmed_key};
    pub use target::same_target;
}

/// Judges claims against bounds on UTC: policy, rules, margins, findings and verdict.
///
/// Follows RFC 7519 §4.1. If the bounds contain the edge of a claim, the verdict is
/// [`Verdict::Undecided`]: neither acceptance nor rejection can be proved. With exact bounds, every
/// verdict is that of RFC 7519. All findings are reported, not only the first.
///
/// [`Token::judge`](crate::Token::judge) is the only way to get an accepted token.
pub mod judge {
    mod accept;
    pub mod dialect;
    mod finding;
    mod findings;
    mod policy;
    mod rank;
    mod rule;
    mod verdict;
    mod window;

    pub use accept::NotAccepted;
    pub use finding::{Finding, Margin};
    pub use findings::{Findings, Judgement};
    pub use policy::{Enforcement, Policy};
    pub use rank::{Failure, first_refused};
    pub use rule::Rule;
    pub use verdict::Verdict;
    pub use window::judge_window;
}

/// Keys. One key has one algorithm (RFC 8725 §3.1) and never reveals its value.
///
/// No key implements `Debug`, and no secret implements `Clone` or `Copy`: a secret stays in one
/// place and out of every log.
pub mod key {
    mod any;
    #[cfg(feature = "ed")]
    mod ed;
    mod error;
    #[cfg(feature = "es")]
    mod es;
    mod hs;
    mod jwk;
    mod public;
    #[cfg(feature = "rsa")]
    mod rsa;
    #[cfg(feature = "rsa")]
    mod rsassa;
    mod set;

    pub use any::AnyKey;
    #[cfg(feature = "ed")]
    pub use ed::{Ed25519, EdDsa};
    pub use error::{KeyError, WeakKey};
    #[cfg(feature = "es")]
    pub use es::{Es256, Es384};
    pub use hs::{Hs256, Hs384, Hs512, Tag};
    pub use jwk::{Curve, Jwk, JwkError, JwkKind, KeyOperation, KeyPart};
    pub use public::PublicForm;
    #[cfg(feature = "rsa")]
    pub use rsa::{AnyRsa, Rsa, Rsa2048, Rsa3072, Rsa4096, RsaPublic};
    #[cfg(feature = "rsa")]
    pub use rsassa::{Ps256, Ps384, Ps512, Rs256, Rs384, Rs512};
    pub use set::{JwkSet, JwkSetError, by_kid};
}

/// Tokens that a device makes, within bounds on UTC.
///
/// [`Assertion`](sign::Assertion) writes the claims, `iat` and `exp`, and signs them. It makes no token while
/// the clock is not known well enough for the server to accept it. [`Signer`](sign::Signer) is the interface
/// to keys: HMAC keys and the private keys of this module implement it, and so can a secure element.
///
/// Proofs of possession are made by [`NewProof`](crate::dpop::NewProof).
#[cfg(feature = "sign")]
pub mod sign {
    mod assertion;
    mod compact;
    mod error;
    mod member;
    mod private;
    mod signer;

    pub(crate) use assertion::issued;
    pub use assertion::{Assertion, Unsigned};
    pub use error::AssertionError;
    pub use member::{MemberFault, Value};
    #[cfg(feature = "es")]
    pub use private::Es256Signer;
    pub use private::PrivateKeyError;
    #[cfg(feature = "ed")]
    pub use private::{Ed25519Signer, EdDsaSigner};
    pub use signer::{PublicKey, Signer, SignerFault};
}

/// Clock verdicts from several sources: series of `Date` headers and SNTP replies, selection among
/// sources, the sources that are one witness, an estimate of another party's clock, rules for stepping a
/// clock, and remedies.
pub mod survey {
    mod agreement;
    mod clock_estimate;
    mod correction;
    mod course;
    mod date_series;
    mod node_clocks;
    mod reading;
    mod remedy;
    mod rtc;
    mod selection;
    mod sntp_series;
    mod step;
    mod verdict;
    mod witness;

    pub use clock_estimate::{Apart, ApartCause, ClockEstimate, Side};
    pub use correction::{Correction, CorrectionRefusal};
    pub use course::{Bound, Course, Edge};
    pub use date_series::{DateFault, DateOrigin, DateSample, DateSeries};
    pub use node_clocks::{Heard, NodeClock, NodeClocks};
    pub use reading::Reading;
    pub use remedy::{Keeper, Remedy};
    pub use rtc::RtcFault;
    pub use selection::{NoMajority, Selection};
    pub use sntp_series::{SntpContradiction, SntpSeries};
    pub(crate) use step::shown;
    pub use step::{Step, StepLimit, StepRefusal};
    pub use verdict::{ClockVerdict, Doubt, Survey};
    pub use witness::{Kinship, Testimony, Witness, canonical_address, is_link_local, this_host};
}

/// Instants, spans, bounds on UTC, offsets between clocks, and the text forms of all of them.
///
/// All arithmetic on time in this crate happens here. It counts whole microseconds and saturates.
pub mod time {
    mod anchor;
    mod civil;
    mod cursor;
    mod http_date;
    mod keeper;
    mod notation;
    mod numeric_date;
    mod offset;
    mod rate;
    #[cfg(feature = "std")]
    mod system_clock;
    mod ticks;
    mod unix_time;
    mod zone_offset;

    pub use anchor::Anchor;
    pub use http_date::{HttpDate, HttpDateError};
    pub use keeper::{Recalled, RecordToWrite, TimeKeeper};
    pub use numeric_date::{NumericDate, Scale};
    pub use offset::{Bracket, Direction, Offset};
    pub use rate::Rate;
    #[cfg(feature = "std")]
    pub use system_clock::TimeOutOfRange;
    pub use ticks::{ClockError, Counter, Ppm, TickAnchor};
    pub use unix_time::{Span, TimeBounds, UnixTime};

    pub(crate) use civil::{Civil, Date, TimeOfDay};
    pub(crate) use cursor::{Cursor, two};
    pub(crate) use notation::{Grouped, Length, Millionths, Notation, Seconds};
    pub(crate) use zone_offset::{EAST, WEST, in_any_zone, looks_like_zone, nearest_zone, zones};
}

/// Tokens: the compact form (RFC 7515 §7.1), the JOSE header, the claims set, and strict JSON.
///
/// The type of a token shows the steps that it has passed: [`Token<Unverified>`](token::Unverified) is
/// decoded, [`Token<Verified>`](token::Verified) has a valid signature, and [`Token<Accepted>`](token::Accepted)
/// was accepted by a policy.
pub mod token {
    mod algorithm;
    pub(crate) mod base64url;
    mod claim;
    mod claims;
    mod header;
    mod json;
    mod jws;
    mod jwt;
    mod scratch;
    mod text;
    mod typ;
    mod verifier;

    pub use algorithm::Algorithm;
    pub use base64url::Base64Error;
    pub use claim::{Audience, Claim};
    pub use claims::{Claims, ClaimsError};
    pub use header::{Header, HeaderError};
    pub use json::{
        Expected, Index as MemberIndex, Json, JsonError, JsonFault, JsonKind, ReadError, ReadFault,
    };
    pub use jws::{DecodeError, Jws, Segment};
    pub use jwt::{Pending, Token};
    pub use scratch::Scratch;
    pub use text::{Text, TextChars};
    pub use typ::TypeError;
    pub use verifier::{
        Accepted, InvalidSignature, Unverified, Verified, Verifier, VerifierFault, VerifyError,
    };

    pub(crate) use base64url::{check, decode, decoded_len, encode};
    pub(crate) use json::{Index, Members};
}

/// SNTP packets (RFC 5905 §14): a request, and what its reply proves about the clock.
pub mod wire {
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
}

pub use diagnosis::{Diagnoser, Options};
pub use judge::{Policy, Verdict};
pub use key::Hs256;
pub use time::{Span, TimeBounds, UnixTime};
pub use token::{Scratch, Token};
