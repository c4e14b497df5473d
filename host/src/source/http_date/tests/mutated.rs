//! Ten thousand answers with random changes.

use std::env;
use std::io::Write;
use std::sync::{Arc, Mutex};

use jwtick_core::time::HttpDate;

use super::server::Peer;
use super::*;

/// Number of answers with optimization or with `JWTICK_THOROUGH=1`, which `.ci/run real` sets.
const ANSWERS: usize = 10_000;
/// Number of answers in other builds.
const SAMPLE: usize = 2_000;

/// Pseudorandom numbers that are the same in each run (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }

    /// Returns an answer in which a few bytes were changed, removed or inserted, mostly in its
    /// `Date`.
    fn answer(&mut self) -> Vec<u8> {
        let fields = ["", "Age: 0\r\n", "Date: x\r\n", "Connection: close\r\n", "Via: 1.1 p\r\n"];
        let ahead = Span::from_secs(i64::try_from(self.below(1_000_000_000)).unwrap());
        let mut bytes = answer("200 OK", ahead, fields[self.below(fields.len())]).into_bytes();
        for _ in 0..self.below(4) {
            let whole = self.below(8) == 0;
            let at = if whole { self.below(bytes.len()) } else { 17 + self.below(38) };
            let any = u8::try_from(self.below(256)).unwrap();
            let byte = [any, b"0123456789 :,\r\nGMTSunJan"[self.below(23)]][self.below(2)];
            match self.below(3) {
                0 => bytes[at.min(54)] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at.min(54))),
            }
        }
        // Every mutated answer ends, so that the client does not wait for the rest.
        bytes.extend(b"\r\n\r\n");
        bytes
    }
}

/// Returns true if `answer` has a `Date` field with this date and no other.
fn says(answer: &[u8], date: HttpDate) -> bool {
    // A line may end without CR (RFC 9112 §2.2).
    let text = String::from_utf8_lossy(answer).replace("\r\n", "\n");
    let head = text.split("\n\n").next().unwrap_or_default();
    let fields = head.lines().filter_map(|line| line.split_once(':'));
    let dates: Vec<&str> =
        fields.filter(|(name, _)| name.eq_ignore_ascii_case("date")).map(|it| it.1).collect();
    let [only] = dates[..] else { return false };
    HttpDate::parse(only.trim_matches([' ', '\t']).as_bytes()) == Ok(date)
}

fn answers() -> usize {
    let is_thorough = !cfg!(debug_assertions) || env::var_os("JWTICK_THOROUGH").is_some();
    if is_thorough { ANSWERS } else { SAMPLE }
}

#[test]
fn mutated_answers_never_give_another_date() {
    let (chance, sent) = (Mutex::new(Chance(0x2026_0101)), Arc::new(Mutex::new(Vec::new())));
    let told = Arc::clone(&sent);
    let server = Server::talking(move |peer: &mut Peer<'_>| {
        while peer.request()?.is_some() {
            let answer = chance.lock().unwrap().answer();
            told.lock().unwrap().clone_from(&answer);
            peer.stream.write_all(&answer)?;
        }
        Ok(())
    });
    let started = Instant::now();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let client = Client::new(trusting(Vec::new()), LONG);
    let (unproved, follow) = (Unproved::Refused, Follow::NamedHost);
    let mut session = Session::new(Arc::new(client), target(&server.url()), unproved, follow);
    let local = LocalClock::read();
    let (mut measured, mut refused) = (0, 0);
    let answers = answers();
    while server.requests() < answers {
        let asked = runtime
            .block_on(async { tokio::time::timeout(Duration::from_secs(2), session.ask()).await });
        let asked = asked.expect("an answer that ends is read to its end");
        let answer = sent.lock().unwrap().clone();
        let shown = || String::from_utf8_lossy(&answer).into_owned();
        match asked.map_err(SourceError::Http).and_then(|it| Ok(it.sample(&local)?)) {
            Ok(sample) => {
                assert!(says(&answer, sample.date), "{} out of {:?}", sample.date, shown());
                measured += 1;
            }
            Err(error) => {
                assert!(!error.to_string().is_empty(), "{:?}", shown());
                refused += 1;
            }
        }
    }
    assert!(
        measured > answers / 10 && refused > answers / 10,
        "{measured} measured, {refused} refused"
    );
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}
