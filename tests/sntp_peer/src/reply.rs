//! The reply of a good server, byte by byte (RFC 5905 §7.3).

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds from 1900 to 1970 (RFC 5905 §6).
pub const TO_1970: i64 = 2_208_988_800;

/// An instant in microseconds since 1970 as an NTP timestamp, rounded down.
///
/// Seconds have 32 bits, so that an instant of the next era looks like one of this era.
#[must_use]
pub const fn stamp(micros: i64) -> u64 {
    let (secs, rest) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
    let secs = (secs + TO_1970).rem_euclid(1 << 32).cast_unsigned();
    (secs << 32) | ((rest.cast_unsigned() << 32) / 1_000_000)
}

/// This machine's time in microseconds since 1970.
#[must_use]
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// The reply to `request` of a server that receives and sends at `at`, in microseconds since 1970.
///
/// The server follows a GPS receiver and is accurate to a microsecond.
#[must_use]
pub fn reply(request: &[u8; 48], at: i64) -> [u8; 48] {
    let header = [0x24, 1, 0, 0xEC]; // version 4, a server; stratum 1; precision 2⁻²⁰ s
    let time = stamp(at).to_be_bytes();
    let nonce = request.last_chunk::<8>().copied().unwrap_or_default();
    // Header, root delay and dispersion, reference and its time, then the three stamps.
    let fields = [header.as_slice(), &[0; 8], b"GPS\0", &[0; 8], &nonce, &time, &time].concat();
    fields.try_into().unwrap_or([0; 48])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_count_from_1900_and_start_anew_in_2036() {
        let rows = [
            ("1900-01-01T00:00:00Z", -2_208_988_800_000_000, 0),
            ("1970-01-01T00:00:00Z", 0, 2_208_988_800 << 32),
            ("half a second later", 500_000, (2_208_988_800 << 32) | (1 << 31)),
            ("2036-02-07T06:28:16Z", 2_085_978_496_000_000, 0),
        ];
        for (name, micros, expected) in rows {
            assert_eq!(stamp(micros), expected, "{name}");
        }
    }

    #[test]
    fn reply_carries_nonce_and_time() {
        let mut request = [0; 48];
        request[40..].copy_from_slice(b"a nonce.");
        let reply = reply(&request, 1_767_225_600_000_000);
        let time = stamp(1_767_225_600_000_000).to_be_bytes();
        assert_eq!(&reply[..4], [0x24, 1, 0, 0xEC]);
        assert_eq!(&reply[12..16], b"GPS\0");
        assert_eq!(
            (&reply[24..32], &reply[32..40], &reply[40..]),
            (&b"a nonce."[..], &time[..], &time[..])
        );
    }
}
