//! Endless inputs, generated while they are read, so that no gigabyte is written to disk.

use std::io::{self, Read};

/// Log lines of a busy service, one per call, with the time in milliseconds filled in.
const BUSY: &[&str] = &[
    "INFO  [http-nio-8080-exec-7] c.e.shop.web.RequestLog - GET /api/v2/items/48213?expand=price 200 1834 bytes in 12 ms",
    "DEBUG [http-nio-8080-exec-2] c.e.shop.auth.TokenCache - hit for client storefront, 214 entries, 3 evicted",
    "INFO  [scheduler-1] c.e.shop.stock.Importer - batch 9917 read 2048 rows from s3://stock/2026/03/in.csv.gz",
    "INFO  [kafka-consumer-3] o.a.k.c.c.i.ConsumerCoordinator - committed offset 88214011 for orders-12",
    "WARN  [http-nio-8080-exec-9] c.e.shop.web.RequestLog - POST /api/v2/cart 503 upstream timed out after 3000 ms",
    "DEBUG [pool-4-thread-1] com.zaxxer.hikari.pool.HikariPool - HikariPool-1 - Pool stats (total=10, active=1, idle=9, waiting=0)",
    "INFO  [http-nio-8080-exec-4] c.e.shop.web.AccessLog - 10.4.17.203 \"GET /assets/app.7d1e0c.js HTTP/1.1\" 304 - \"Mozilla/5.0\"",
];

/// Lines between two refusals.
const QUIET: u64 = 1000;

/// The endless log of a busy service; it starts the same way every time.
///
/// One line in a thousand refuses the token of a session that ended minutes or hours ago; the
/// clock of the service is right.
#[derive(Debug, Default)]
pub struct BusyLog {
    line: u64,
    text: Vec<u8>,
    read: usize,
}

impl BusyLog {
    fn next_line(&mut self) {
        // 07:14:41 on the second day of the month, and two milliseconds a line.
        let now = ((24 + 7) * 3600 + 14 * 60 + 41) * 1000 + self.line * 2;
        let words = usize::try_from(self.line).ok().and_then(|line| BUSY.get(line % BUSY.len()));
        let text = if self.line % QUIET == QUIET / 2 {
            refusal(now, 60_000 + self.line * 7919 % 3_600_000)
        } else {
            format!("{} {}\n", civil(now, ' ', ','), words.copied().unwrap_or_default())
        };
        self.text = text.into_bytes();
        self.read = 0;
        self.line += 1;
    }
}

/// The line for an expired session.
fn refusal(now: u64, age: u64) -> String {
    format!(
        "{} WARN  [http-nio-8080-exec-5] c.e.shop.auth.JwtFilter - rejected: JWT expired {age} \
         milliseconds ago at {}Z. Current time: {}Z. Allowed clock skew: 0 milliseconds.\n",
        civil(now, ' ', ','),
        civil(now - age, 'T', '.'),
        civil(now, 'T', '.'),
    )
}

/// A time in March 2026, in milliseconds since the start of the month.
fn civil(milliseconds: u64, before_time: char, before_fraction: char) -> String {
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let (day, hour) = (1 + seconds / 86_400, seconds / 3600 % 24);
    let (minute, second) = (seconds / 60 % 60, seconds % 60);
    format!(
        "2026-03-{day:02}{before_time}{hour:02}:{minute:02}:{second:02}{before_fraction}{rest:03}"
    )
}

impl Read for BusyLog {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.text.len() {
            self.next_line();
        }
        let taken = self.text.get(self.read..).unwrap_or_default().read(buffer)?;
        self.read += taken;
        Ok(taken)
    }
}

/// Repeats `text` endlessly, without adding line breaks.
#[derive(Debug)]
pub struct Repeated {
    text: &'static [u8],
    read: usize,
}

impl Repeated {
    /// Repeats `text`.
    #[must_use]
    pub const fn of(text: &'static str) -> Self {
        Self { text: text.as_bytes(), read: 0 }
    }
}

impl Read for Repeated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let taken = self.text.get(self.read..).unwrap_or_default().read(buffer)?;
        self.read = (self.read + taken) % self.text.len().max(1);
        Ok(taken)
    }
}

/// Bytes that look random but are the same every time (xorshift64).
#[derive(Debug)]
pub struct Noise(u64);

impl Noise {
    /// Starts the sequence of `seed`.
    #[must_use]
    pub const fn of(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// Returns the next number of the sequence.
    pub const fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

impl Read for Noise {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for chunk in buffer.chunks_mut(8) {
            let bytes = self.number().to_le_bytes();
            chunk.copy_from_slice(bytes.get(..chunk.len()).unwrap_or_default());
        }
        Ok(buffer.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: impl Read, length: u64) -> String {
        let mut text = String::new();
        source.take(length).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn busy_log_has_one_refusal_in_a_thousand_lines() {
        let log = text(BusyLog::default(), 1 << 20);
        let refused = log.lines().filter(|line| line.contains("JWT expired")).count();
        assert_eq!(refused, log.lines().count().div_ceil(1000), "of {}", log.lines().count());
        assert!(log.starts_with("2026-03-02 07:14:41,000 INFO"), "{}", &log[..80]);
        assert!(log.contains("\n2026-03-02 07:14:42,000 "), "two milliseconds a line");
    }

    #[test]
    fn repeats_without_a_seam() {
        assert_eq!(text(Repeated::of("abc"), 8), "abcabcab");
    }

    #[test]
    fn noise_is_the_same_every_time() {
        assert_eq!(Noise::of(7).number(), Noise::of(7).number());
        assert_ne!(Noise::of(7).number(), Noise::of(9).number());
    }
}
