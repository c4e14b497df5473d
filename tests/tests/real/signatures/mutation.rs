//! Mutated tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwtick_tests::Noise;

/// Flips one bit of the signature or payload; the token itself determines which one.
pub(super) fn mutated(token: &str) -> String {
    let mut segments: Vec<String> = token.trim().split('.').map(str::to_owned).collect();
    let seed = token.bytes().fold(7, |seed: u64, byte| seed.wrapping_mul(31) ^ u64::from(byte));
    let mut noise = Noise::of(seed);
    let segment = if noise.number().is_multiple_of(4) { 1 } else { 2 };
    let mut bytes = URL_SAFE_NO_PAD.decode(&segments[segment]).unwrap();
    let at = noise.number() % u64::try_from(bytes.len()).unwrap();
    bytes[usize::try_from(at).unwrap()] ^= 1 << (noise.number() % 8);
    segments[segment] = URL_SAFE_NO_PAD.encode(bytes);
    segments.join(".")
}
