//! Tokens for the programs, signed with HS256 and a key that is used nowhere else.

/// The secret that signed the tokens.
pub const SECRET: &[u8] = b"a secret of at least thirty-two bytes";

/// `{"iss":"https://issuer.example","nbf":1795250000,"exp":1795254000}`: valid from
/// 2026-11-21T08:33:20Z for 4,000 s.
pub const FRESH: &[u8] = b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwibmJmIjoxNzk1MjUwMDAwLCJleHAiOjE3OTUyNTQwMDB9.Gz3Fxnbm9JXQBM1OC4bprfLWD5F0kZzF4tVvQdJTFn8";

/// `{"iss":"https://issuer.example","exp":1488307191}`: expired on 2017-02-28.
pub const OLD: &[u8] = b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwiZXhwIjoxNDg4MzA3MTkxfQ.XPJnKuM6ANNZqs8OKc7zitWpWSGaooRLJtCt3inBc34";

/// [`FRESH`] with another `exp`, as a forger would write it.
pub const FORGED: &[u8] = b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwibmJmIjoxNzk1MjUwMDAwLCJleHAiOjE4OTUyNTQwMDB9.Gz3Fxnbm9JXQBM1OC4bprfLWD5F0kZzF4tVvQdJTFn8";
