//! Signatures of the RFCs, of PyJWT and of forgers, changed by the input and compared with `ring`.

use std::sync::LazyLock;

use jwtick_core::Scratch;
use jwtick_core::key::{AnyKey, Jwk};
use jwtick_core::token::{Algorithm, Jws, Verifier, VerifyError};

use crate::oracle::signature::Key;
use crate::oracle::signature::{Segments, decode};

/// Longer than any token of the tables.
const ROOM: usize = 2_048;

/// The first byte selects a signature, and the second selects a key, which is the matching one if
/// both bytes are equal. Each further group of three bytes changes one byte: two select its
/// position, and the third is XORed.
pub fn verify(input: &[u8]) {
    let Some(([signature, key], changes)) = input.split_first_chunk() else { return };
    let pick = |number: u8| ROWS.get(usize::from(number) % ROWS.len().max(1));
    let (Some(signed), Some(key)) = (pick(*signature), pick(*key)) else { return };
    let Some(ours) = key.ours() else { return };
    match &signed.signed {
        Signed::Compact(compact) => {
            assert_compact(&changed(compact.as_bytes(), changes), key, &ours)
        }
        Signed::Detached(signature) => {
            assert_agree(Row::DETACHED, &changed(signature, changes), key, &ours);
        }
    }
}

fn changed(bytes: &[u8], changes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in changes.chunks_exact(3) {
        if let [high, low, by] = *change {
            let at = usize::from(u16::from_be_bytes([high, low])) % bytes.len().max(1);
            bytes.iter_mut().skip(at).take(1).for_each(|met| *met ^= by);
        }
    }
    bytes
}

/// Asserts that a token with another algorithm than the key is refused for that reason, whatever
/// its signature.
fn assert_compact(compact: &[u8], key: &Row, ours: &AnyKey) {
    let mut scratch = Scratch::<ROOM>::new();
    let Ok(jws) = Jws::decode(compact, &mut scratch) else { return };
    let Some(segments) = Segments::of(compact) else { return };
    let (alg, payload) = (jws.header().alg, jws.unverified_payload());
    assert_eq!(payload, segments.payload);
    let verified = jws.verify(ours).map(|jws| jws.payload());
    if alg != key.algorithm {
        let refusal = VerifyError::Algorithm { token: alg, key: key.algorithm };
        assert_eq!(verified, Err(refusal));
        return;
    }
    assert!(verified.is_err() || verified == Ok(payload));
    let agreed = assert_agree(segments.signing_input.as_bytes(), &segments.signature, key, ours);
    assert_eq!(verified.is_ok(), agreed);
}

/// Asserts that both accept the signature for the key or both refuse it; returns the result.
fn assert_agree(message: &[u8], signature: &[u8], key: &Row, ours: &AnyKey) -> bool {
    let verifies = ours.verify(message, signature).is_ok();
    let theirs = key.theirs().is_some_and(|theirs| theirs.verifies(message, signature));
    let shown = signature.escape_ascii();
    assert!(theirs || !verifies, "{}: {shown} is accepted", key.name);
    assert!(verifies || !theirs || is_lax(key, signature), "{}: {shown} is refused", key.name);
    verifies
}

/// RFC 8032 §5.1.7 does not say whether R may be of small order, such as 1. `ring` accepts it, and
/// the core is strict.
fn is_lax(key: &Row, signature: &[u8]) -> bool {
    let is_ed25519 = matches!(key.algorithm, Algorithm::EdDsa | Algorithm::Ed25519);
    let neutral = signature
        .split_first()
        .is_some_and(|(first, rest)| *first == 1 && rest.iter().take(31).all(|byte| *byte == 0));
    is_ed25519 && neutral
}

const COMPACT: [&str; 2] = [
    include_str!("../../../../fixtures/jose/signatures.tsv"),
    include_str!("../../../../fixtures/jose/pyjwt.tsv"),
];
const DETACHED: &str = include_str!("../../../../fixtures/jose/forgeries.tsv");

/// A signature, and the key that it should belong to.
struct Row {
    name: &'static str,
    algorithm: Algorithm,
    jwk: &'static str,
    signed: Signed,
}

/// The signed text: a token, or [`Row::DETACHED`].
enum Signed {
    Compact(&'static str),
    Detached(Vec<u8>),
}

/// The rows whose algorithm is compiled in.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let compact = COMPACT.into_iter().flat_map(|table| rows(table, |it| Some(Signed::Compact(it))));
    let detached = rows(DETACHED, |signature| decode(signature).map(Signed::Detached));
    compact.chain(detached).filter(|row| row.ours().is_some()).collect()
});

fn rows(
    table: &'static str,
    signed: impl Fn(&'static str) -> Option<Signed>,
) -> impl Iterator<Item = Row> {
    table.lines().skip(1).filter_map(move |line| {
        let mut columns = line.split('\t');
        let (name, algorithm, _outcome) = (columns.next()?, columns.next()?, columns.next()?);
        let algorithm = Algorithm::named(algorithm)?;
        let (jwk, last) = (columns.next()?, columns.next()?);
        Some(Row { name, algorithm, jwk, signed: signed(last)? })
    })
}

impl Row {
    /// The text signed by the forgers' signatures.
    const DETACHED: &'static [u8] = b"header.payload";

    fn ours(&self) -> Option<AnyKey> {
        Jwk::parse(self.jwk.as_bytes()).ok()?.verifier(self.algorithm).ok()
    }

    fn theirs(&self) -> Option<Key> {
        Key::read(self.jwk, self.algorithm)
    }
}
