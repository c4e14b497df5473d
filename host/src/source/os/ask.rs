//! Runs another program of this machine and reads its output.

use core::time::Duration;
use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

use jwtick_core::Span;
use jwtick_core::time::Offset;

use super::note::Unknown;
use crate::notation::duration;

/// Maximum length of the output.
const LONGEST: u64 = 1 << 16;

/// Returns the output of `program`, in plain English and UTC; the program is ended at `deadline`.
///
/// # Errors
/// [`io::ErrorKind::NotFound`] if there is no such program, [`io::ErrorKind::TimedOut`] after the
/// deadline, [`io::ErrorKind::Other`] if it fails or prints no text.
pub(super) fn ask(program: &str, arguments: &[&str], deadline: Instant) -> io::Result<String> {
    let mut command = Command::new(program);
    command.args(arguments).env("LC_ALL", "C").env("TZ", "UTC");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let stdout = child.stdout.take();
    let reader = thread::spawn(move || text(stdout));
    wait(&mut child, deadline)?;
    reader.join().unwrap_or_else(|_| Err(io::Error::other("no text")))
}

fn text(stdout: Option<impl Read>) -> io::Result<String> {
    let mut text = String::new();
    if let Some(stdout) = stdout {
        stdout.take(LONGEST).read_to_string(&mut text)?;
    }
    Ok(text)
}

fn wait(child: &mut Child, deadline: Instant) -> io::Result<()> {
    loop {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(io::Error::other(status.to_string())),
            None if Instant::now() >= deadline => {
                child.kill()?;
                child.wait()?;
                return Err(io::ErrorKind::TimedOut.into());
            }
            None => thread::sleep(Duration::from_millis(2)),
        }
    }
}

/// Parses a number of seconds into the two whole microseconds around it.
pub(super) fn seconds(text: &str) -> Result<Offset, Unknown> {
    with_unit(text, "s")
}

/// Parses a number of milliseconds in the same way.
pub(super) fn millis(text: &str) -> Result<Offset, Unknown> {
    with_unit(text, "ms")
}

fn with_unit(text: &str, unit: &str) -> Result<Offset, Unknown> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
    let floor = plain.then(|| duration::signed(&format!("{text}{unit}")).ok()).flatten();
    let floor = floor.ok_or(Unknown::Unreadable)?;
    let exact =
        text.split_once('.').is_none_or(|(_, fraction)| fraction.bytes().all(|b| b == b'0'));
    let ceiling = if exact { floor } else { floor + Span::from_micros(1) };
    Offset::between(floor, ceiling).ok_or(Unknown::Unreadable)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn in_time() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    #[test]
    fn output_is_in_english_and_utc() {
        let said = ask("sh", &["-c", "echo $LC_ALL $TZ; cat"], in_time());
        assert_eq!(said.unwrap(), "C UTC\n");
    }

    #[test]
    fn missing_output_is_an_error() {
        let rows: [(&str, &[&str], io::ErrorKind); 3] = [
            ("jwtick-no-such-program", &[], io::ErrorKind::NotFound),
            ("sh", &["-c", "echo half; exit 1"], io::ErrorKind::Other),
            ("sh", &["-c", "printf '\\377'"], io::ErrorKind::InvalidData),
        ];
        for (program, arguments, kind) in rows {
            let refused = ask(program, arguments, in_time()).unwrap_err();
            assert_eq!(refused.kind(), kind, "{program} {arguments:?}");
        }
    }

    #[test]
    fn program_is_ended_at_deadline() {
        let started = Instant::now();
        let deadline = started + Duration::from_millis(50);
        let refused = ask("sleep", &["600"], deadline).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::TimedOut);
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn numbers_are_rounded_outwards() {
        type Row = (&'static str, fn(&str) -> Result<Offset, Unknown>, Option<(i64, i64)>);
        const ROWS: &[Row] = &[
            ("0.000000000", seconds, Some((0, 0))),
            ("3600.000000000", seconds, Some((3_600_000_000, 3_600_000_000))),
            ("-0.000001440", seconds, Some((-2, -1))),
            ("+0.000001440", seconds, Some((1, 2))),
            ("0.018928", millis, Some((18, 19))),
            ("49.936", millis, Some((49_936, 49_937))),
            ("0", millis, Some((0, 0))),
            ("", seconds, None),
            ("-", seconds, None),
            ("1e9", seconds, None),
            ("5m", seconds, None),
            ("99999999999999999999", seconds, None),
        ];
        for &(text, read, expected) in ROWS {
            let found = read(text).ok().map(|o| (o.least().as_micros(), o.most().as_micros()));
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
