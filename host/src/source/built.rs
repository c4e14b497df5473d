//! When this program was built: an instant near to any at which it runs, and known without a clock.

use jwtick_core::UnixTime;

/// 2026-01-01T00:00:00Z: it was not written before.
const WRITTEN: i64 = 1_767_225_600;

/// When this program was built, or what `SOURCE_DATE_EPOCH` said then, so that two builds of the same
/// sources can be the same (reproducible-builds.org). Never before the program was written: a build
/// may have a wrong clock too.
pub(crate) fn at() -> UnixTime {
    let built = env!("JWTICK_BUILT").parse().unwrap_or(WRITTEN);
    UnixTime::from_secs(built.max(WRITTEN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_not_before_the_program_was_written() {
        assert!(at() >= UnixTime::from_secs(WRITTEN));
        assert!(env!("JWTICK_BUILT").parse::<i64>().is_ok(), "{}", env!("JWTICK_BUILT"));
    }
}
