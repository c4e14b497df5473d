//! Project Wycheproof: signatures that some verifier once got wrong.
//!
//! Each set is either judged as Wycheproof does, or refused as a whole for the reason next to it.
//! Where Wycheproof leaves the verdict open, a table holds ours. Exceptions are checked in both
//! directions: a signature accepted against an exception fails like one refused against the rule.
//! Unoptimized code verifies each fourth signature.

use jwtick_core::key::{
    AnyRsa, EdDsa, Es256, Es384, KeyError, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512,
};
use jwtick_core::token::Verifier;
use wycheproof::{TestResult, ecdsa, eddsa, rsa_pkcs1_verify as pkcs1, rsa_pss_verify as pss};

use crate::is_thorough;

type Key = Result<Box<dyn Verifier>, KeyError>;
type OfRsa = fn(&[u8], &[u8]) -> Key;
type OfPoint = fn(&[u8]) -> Key;

#[derive(Debug, Clone, Copy)]
enum Judged {
    AsStated,
    /// Only tests with this comment may verify, for the given reason.
    Refused {
        why: &'static str,
        but: &'static str,
    },
}

use Judged::AsStated;

impl Judged {
    const fn why(self) -> &'static str {
        match self {
            AsStated => "as stated",
            Self::Refused { why, .. } => why,
        }
    }
}

const fn refused(why: &'static str, but: &'static str) -> Judged {
    Judged::Refused { why, but }
}

const SALT: &str = "the salt is as long as the hash (RFC 7518 §3.5)";
const HASHES: Judged = refused("one hash, also in MGF1, and not SHA-1 (RFC 7518 §3.5)", "");
const DER: Judged = refused("a signature is r and s side by side (RFC 7518 §3.4)", "");

/// Tests whose verdict Wycheproof leaves open: its comment, our verdict, and the reason.
const OPEN: &[(&str, bool, &str)] = &[(
    "Missing NULL in the ASN encoding",
    false,
    "RFC 8017 §9.2 gives one encoding, and it has NULL",
)];

struct Case<'a> {
    id: usize,
    comment: &'a str,
    message: &'a [u8],
    signature: &'a [u8],
    result: TestResult,
}

impl Case<'_> {
    fn expected(&self, judged: Judged) -> bool {
        match (judged, self.result) {
            (Judged::Refused { but, .. }, _) => self.comment == but,
            (AsStated, TestResult::Invalid) => false,
            (AsStated, TestResult::Valid) => true,
            (AsStated, TestResult::Acceptable) => {
                let open = OPEN.iter().find(|(comment, ..)| *comment == self.comment);
                open.unwrap_or_else(|| panic!("no verdict on {} {}", self.id, self.comment)).1
            }
        }
    }

    /// Returns true if the signature was accepted, which is then also expected.
    fn check(&self, set: &str, key: &Key, judged: Judged) -> bool {
        let met = key.as_ref().is_ok_and(|key| key.verify(self.message, self.signature).is_ok());
        let Self { id, comment, .. } = self;
        assert_eq!(met, self.expected(judged), "{set} {id}, {comment}; {}", judged.why());
        met
    }
}

/// Tries each group of a set with its key, and returns the numbers of tried and accepted signatures.
macro_rules! try_set {
    ($module:ident, $name:expr, $judged:expr, $key:expr) => {{
        let (mut tried, mut accepted) = (0, 0);
        for group in $module::TestSet::load($name).unwrap().test_groups {
            let key = $key(&group.key);
            for test in &group.tests {
                let (id, comment, result) = (test.tc_id, test.comment.as_str(), test.result);
                let case = Case { id, comment, message: &test.msg, signature: &test.sig, result };
                if !is_thorough() && id % 4 != 0 {
                    continue;
                }
                tried += 1;
                accepted += usize::from(case.check(&format!("{:?}", $name), &key, $judged));
            }
        }
        (tried, accepted)
    }};
}

#[track_caller]
fn assert_sums(sums: impl IntoIterator<Item = (usize, usize)>, expected: (usize, usize)) {
    let add = |(tried, accepted), (t, a)| (tried + t, accepted + a);
    let sum = sums.into_iter().fold((0, 0), add);
    if is_thorough() {
        assert_eq!(sum, expected, "tried and accepted");
    } else {
        assert!(sum.0 >= expected.0 / 5 && sum.1 > 0, "{sum:?} tried and accepted");
    }
}

fn boxed<K: Verifier + 'static>(key: K) -> Box<dyn Verifier> {
    Box::new(key)
}

/// Wycheproof writes integers as DER does, with a leading zero if the first bit is set.
fn rsa<K: Verifier + 'static>(n: &[u8], e: &[u8], bind: fn(AnyRsa) -> K) -> Key {
    let minimal = |bytes: &[u8]| bytes.iter().copied().skip_while(|&byte| byte == 0).collect();
    let (n, e): (Vec<u8>, Vec<u8>) = (minimal(n), minimal(e));
    AnyRsa::new(&n, &e).map(bind).map(boxed)
}

#[test]
fn rsassa_pkcs1() {
    use pkcs1::TestName as Name;
    let rows: [(Name, OfRsa); 9] = [
        (Name::Rsa2048Sha256, |n, e| rsa(n, e, Rs256::new)),
        (Name::Rsa2048Sha384, |n, e| rsa(n, e, Rs384::new)),
        (Name::Rsa2048Sha512, |n, e| rsa(n, e, Rs512::new)),
        (Name::Rsa3072Sha256, |n, e| rsa(n, e, Rs256::new)),
        (Name::Rsa3072Sha384, |n, e| rsa(n, e, Rs384::new)),
        (Name::Rsa3072Sha512, |n, e| rsa(n, e, Rs512::new)),
        (Name::Rsa4096Sha256, |n, e| rsa(n, e, Rs256::new)),
        (Name::Rsa4096Sha384, |n, e| rsa(n, e, Rs384::new)),
        (Name::Rsa4096Sha512, |n, e| rsa(n, e, Rs512::new)),
    ];
    let sums = rows.map(|(name, prepare)| {
        try_set!(pkcs1, name, AsStated, |key: &wycheproof::RsaPublic| prepare(&key.n, &key.e))
    });
    assert_sums(sums, (2330, 68));
}

#[test]
fn rsassa_pss() {
    use pss::TestName as Name;
    let rows: [(Name, Judged, OfRsa); 11] = [
        (Name::RsaPss2048Sha256Mgf1SaltLen32, AsStated, |n, e| rsa(n, e, Ps256::new)),
        (Name::RsaPss2048Sha384Mgf1SaltLen48, AsStated, |n, e| rsa(n, e, Ps384::new)),
        (Name::RsaPss3072Sha256Mgf1SaltLen32, AsStated, |n, e| rsa(n, e, Ps256::new)),
        (Name::RsaPss4096Sha256Mgf1SaltLen32, AsStated, |n, e| rsa(n, e, Ps256::new)),
        (Name::RsaPss4096Sha384Mgf1SaltLen48, AsStated, |n, e| rsa(n, e, Ps384::new)),
        (Name::RsaPss4096Sha512Mgf1SaltLen64, AsStated, |n, e| rsa(n, e, Ps512::new)),
        (Name::RsaPss2048Sha256Mgf1SaltLen0, refused(SALT, "s_len changed to 32"), |n, e| {
            rsa(n, e, Ps256::new)
        }),
        (Name::RsaPss2048Sha1Mgf1SaltLen20, HASHES, |n, e| rsa(n, e, Ps256::new)),
        (Name::RsaPss4096Sha512Mgf1SaltLen32, refused(SALT, "s_len changed to 64"), |n, e| {
            rsa(n, e, Ps512::new)
        }),
        (Name::RsaPss2048Sha256Mgf1Sha1_20, HASHES, |n, e| rsa(n, e, Ps256::new)),
        (Name::RsaPss2048Sha512Mgf1Sha256SaltLen32WithParams, HASHES, |n, e| rsa(n, e, Ps512::new)),
    ];
    let sums = rows.map(|(name, judged, prepare)| {
        try_set!(pss, name, judged, |key: &wycheproof::RsaPublic| prepare(&key.n, &key.e))
    });
    assert_sums(sums, (1439, 512));
}

#[test]
fn ecdsa_on_both_curves() {
    use ecdsa::TestName as Name;
    let rows: [(Name, Judged, OfPoint); 4] = [
        (Name::EcdsaSecp256r1Sha256P1363, AsStated, |point| Es256::from_point(point).map(boxed)),
        (Name::EcdsaSecp384r1Sha384P1363, AsStated, |point| Es384::from_point(point).map(boxed)),
        (Name::EcdsaSecp256r1Sha256, DER, |point| Es256::from_point(point).map(boxed)),
        (Name::EcdsaSecp384r1Sha384, DER, |point| Es384::from_point(point).map(boxed)),
    ];
    let sums = rows.map(|(name, judged, prepare)| {
        try_set!(ecdsa, name, judged, |key: &wycheproof::EcdsaPublic| prepare(&key.key))
    });
    assert_sums(sums, (1530, 366));
}

#[test]
fn ed25519() {
    let prepare = |key: &wycheproof::EddsaPublic| EdDsa::new(&key.pk).map(boxed);
    assert_sums([try_set!(eddsa, eddsa::TestName::Ed25519, AsStated, prepare)], (151, 88));
}
