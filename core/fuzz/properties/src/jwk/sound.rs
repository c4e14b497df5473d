//! The validity of the numbers of a key.

use jwtick_core::key::Jwk;
use jwtick_core::token::Algorithm;
use num_bigint::BigUint;

/// The longest secret that the core accepts in a JWK.
const SECRET_MAX: usize = 512;

// SEC 2 §2.4.2 and §2.5.1: the field, and b of y² = x³ − 3x + b.
const P256: [&str; 2] = [
    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
    "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
];
const P384: [&str; 2] = [
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe\
     ffffffff0000000000000000ffffffff",
    "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a\
     c656398d8a2ed19d2a85c8edd3ec2aef",
];

/// Returns `true` if the key is valid for `algorithm`, or `None` if that is not known here.
pub(super) fn is_sound(key: &Jwk<'_>, algorithm: Algorithm) -> Option<bool> {
    use Algorithm as A;
    let bytes = |name| parameter(key, name);
    match algorithm {
        A::Hs256 => Some((32..=SECRET_MAX).contains(&bytes("k").len())),
        A::Hs384 => Some((48..=SECRET_MAX).contains(&bytes("k").len())),
        A::Hs512 => Some((64..=SECRET_MAX).contains(&bytes("k").len())),
        A::Rs256 | A::Rs384 | A::Rs512 | A::Ps256 | A::Ps384 | A::Ps512 => {
            Some(is_rsa(&bytes("n"), &bytes("e")))
        }
        A::Es256 => Some(is_on(P256, 32, &bytes("x"), &bytes("y"))),
        A::Es384 => Some(is_on(P384, 48, &bytes("x"), &bytes("y"))),
        A::EdDsa | A::Ed25519 if bytes("x").len() != 32 => Some(false),
        _ => None,
    }
}

fn parameter(key: &Jwk<'_>, name: &'static str) -> Vec<u8> {
    let mut room = [0; super::ROOM];
    key.decode(name, &mut room).map(<[u8]>::to_vec).unwrap_or_default()
}

/// RFC 7518 §3.3 and §6.3.1: 2048 bits or more, both odd, without leading zeros. The core accepts
/// up to 4096 bits.
fn is_rsa(n: &[u8], e: &[u8]) -> bool {
    let has_no_zeros = n.first() != Some(&0) && e.first() != Some(&0);
    let (n, e) = (BigUint::from_bytes_be(n), BigUint::from_bytes_be(e));
    let is_odd = n.bit(0) && e.bit(0);
    has_no_zeros && is_odd && (2_048..=4_096).contains(&n.bits()) && (2..=32).contains(&e.bits())
}

fn is_on([p, b]: [&str; 2], length: usize, x: &[u8], y: &[u8]) -> bool {
    let number = |hex: &str| BigUint::parse_bytes(hex.as_bytes(), 16).unwrap_or_default();
    let (p, b) = (number(p), number(b));
    let has_length = x.len() == length && y.len() == length;
    let (x, y) = (BigUint::from_bytes_be(x), BigUint::from_bytes_be(y));
    let is_reduced = x < p && y < p;
    let (left, right) = (&y * &y, &x * &x * &x + b + (&p - 3_u32) * &x);
    has_length && is_reduced && left % &p == right % &p
}
