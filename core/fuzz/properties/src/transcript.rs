//! A transcript is written in exactly one way, and reads back as written.

use arbitrary::{Arbitrary, Result, Unstructured};
use jwtick_core::evidence::transcript::{Entry, Level, Line, Means, Place, Text};
use jwtick_core::time::{Bracket, HttpDate, Offset};
use jwtick_core::{Span, UnixTime};

/// The input is a line, and the parts that entries are made of.
pub fn transcript(input: &[u8]) {
    if let Some(line) = Line::parse(input) {
        assert_written(&line, input);
    }
    let mut parts = Unstructured::new(input);
    if let Ok(line) = line(&mut parts) {
        let text = line.to_string();
        assert!(!text.chars().any(char::is_control), "{text:?}");
        assert_eq!(Line::parse(text.as_bytes()), Some(line), "{text}");
        assert_eq!(Line::parse(format!("{text}\r\n").as_bytes()), Some(line), "{text}");
    }
}

/// Asserts that writing a parsed line gives the input again, up to the line end.
fn assert_written(line: &Line<'_>, input: &[u8]) {
    let text = line.to_string();
    let end = input.strip_prefix(text.as_bytes());
    assert!(matches!(end, Some(b"" | b"\n" | b"\r" | b"\r\n")), "{text:?}");
    assert_eq!(Line::parse(text.as_bytes()).as_ref(), Some(line), "{text}");
}

fn line<'t>(parts: &mut Unstructured<'t>) -> Result<Line<'t>> {
    let level = if parts.arbitrary()? { Level::Info } else { Level::Error };
    let (clock, agent, entry) = (second(parts)?, text(parts)?, entry(parts)?);
    Ok(Line { clock, level, agent, entry })
}

fn entry<'t>(parts: &mut Unstructured<'t>) -> Result<Entry<'t>> {
    let places = [Place::TokenEndpoint, Place::Receiver];
    Ok(match parts.int_in_range(0..=11)? {
        0 => {
            let zone = Span::from_secs(i64::from(i32::arbitrary(parts)?));
            Entry::Opened { zone, at: second(parts)? }
        }
        1 => Entry::Granting { issuer: text(parts)? },
        2 => {
            let means = *parts.choose(&[Means::HttpDate, Means::Ntp])?;
            Entry::Measured { server: text(parts)?, means, offset: offset(parts)? }
        }
        3 => Entry::Answered { server: text(parts)?, date: date(parts)?, local: bracket(parts)? },
        4 => Entry::Made { claims: text(parts)? },
        5 => Entry::Sending { method: text(parts)?, target: text(parts)? },
        6 => Entry::Status { status: text(parts)? },
        7 => Entry::Header { name: text(parts)?, value: text(parts)? },
        8 => {
            let (place, status) = (*parts.choose(&places)?, parts.arbitrary()?);
            Entry::Refused { place, status, body: text(parts)? }
        }
        9 => Entry::Unanswered { fault: text(parts)? },
        10 => Entry::Retrying { ahead: span(parts)? },
        _ => Entry::Run { number: parts.arbitrary()?, of: parts.arbitrary()? },
    })
}

fn text<'t>(parts: &mut Unstructured<'t>) -> Result<Text<'t>> {
    <&str>::arbitrary(parts).map(Text::new)
}

/// Any length, and often one that has a special form in a sentence.
fn span(parts: &mut Unstructured<'_>) -> Result<Span> {
    let edges = [0, 1, -1, i64::MIN, i64::MAX];
    let micros = match parts.int_in_range(0..=7)? {
        0 => *parts.choose(&edges)?,
        1 => i64::from(i32::arbitrary(parts)?),
        _ => parts.arbitrary()?,
    };
    Ok(Span::from_micros(micros))
}

fn offset(parts: &mut Unstructured<'_>) -> Result<Offset> {
    let (one, other) = (span(parts)?, span(parts)?);
    Ok(Offset::between(one.min(other), one.max(other)).unwrap_or(Offset::UNKNOWN))
}

fn bracket(parts: &mut Unstructured<'_>) -> Result<Bracket> {
    let ends = offset(parts)?;
    let [before, after] = [ends.least(), ends.most()].map(|end| UnixTime::EPOCH + end);
    Bracket::between(before, after).ok_or(arbitrary::Error::IncorrectFormat)
}

fn date(parts: &mut Unstructured<'_>) -> Result<HttpDate> {
    HttpDate::new(second(parts)?).ok_or(arbitrary::Error::IncorrectFormat)
}

/// A whole second of a day whose midnight [`UnixTime`] can hold, so that its civil date reads back.
fn second(parts: &mut Unstructured<'_>) -> Result<UnixTime> {
    const MOST: i64 = i64::MAX / 1_000_000 - 86_400;
    Ok(UnixTime::from_secs(parts.int_in_range(-MOST..=MOST)?))
}
