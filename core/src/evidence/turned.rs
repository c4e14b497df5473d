//! Stamps of network devices, whose parts are in another order.

use super::moment::Moment;
use super::stamp;

/// Reads the stamps of network devices, whose parts are in another order: `09:40:17 UTC Fri Mar 14
/// 2025` of Cisco and `Mar/14/2025 09:40:17` of MikroTik.
pub(crate) fn turned(text: &[u8]) -> Option<(Moment, usize)> {
    const LONGEST: usize = 40;
    const WORDS: usize = 6;
    let text = text.get(..LONGEST).unwrap_or(text);
    let end = |word: &[u8]| end_of(text, word);
    let mut words = text.split(|byte| b" ,/".contains(byte)).filter(|word| !word.is_empty());
    let all: [&[u8]; WORDS] = core::array::from_fn(|_| words.next().unwrap_or(&[]));
    let [a, b, c, d, e, f] = all;
    let (day, month, year, time, last) = match a {
        [b'0'..=b'9', b'0'..=b'9', b':', ..] if b.first().is_some_and(u8::is_ascii_alphabetic) => {
            (e, d, f, a, f)
        }
        [b'A'..=b'Z', _, _] if text.get(3) == Some(&b'/') => (b, a, c, d, d),
        _ => return None,
    };
    let mut turned: heapless::Vec<u8, LONGEST> = heapless::Vec::new();
    for word in [month, b" ", day, b" ", year, b" ", time, b" "] {
        turned.extend_from_slice(word).ok()?;
    }
    if time == a {
        turned.extend_from_slice(b).ok()?;
    }
    let (stamp, len) = stamp::parse_at(&turned)?;
    (len > LONGEST / 3).then(|| (stamp.into(), end(last)))
}

/// Returns the position after `word`, which is a part of `text`.
fn end_of(text: &[u8], word: &[u8]) -> usize {
    (0..=text.len())
        .find(|&at| text.get(at..).is_some_and(|rest| rest.starts_with(word)))
        .map_or(0, |at| at.saturating_add(word.len()))
}
