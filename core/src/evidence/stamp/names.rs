//! Names of months and weekdays, in the languages in which `date` and runtimes print them.

use crate::time::Cursor;

/// The meaning of a name in a date. Weekdays are not told apart, because the date determines them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// 1 to 12.
    Month(u8),
    Weekday,
}

use Name::{Month, Weekday};

/// A name, and its spellings.
type Spellings = (Name, &'static [&'static str]);

/// The number of bytes of the longest spelling.
const LONGEST: usize = 10;

/// Reads a name, and the point of an abbreviation.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Name> {
    if !may_start(cursor.rest()) {
        return None;
    }
    let (months, weekdays) = known(cursor.peek()?.to_ascii_lowercase());
    let part = |byte: &&u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    let length = cursor.rest().iter().take(LONGEST + 1).take_while(part).count();
    let word = cursor.take(length).filter(|word| word.len() <= LONGEST)?;
    let second = word.get(1)?.to_ascii_lowercase();
    // Nearly all names differ in their length or their second byte.
    let is_word = |name: &&str| {
        let name = name.as_bytes();
        name.len() == word.len() && name.get(1) == Some(&second) && name.eq_ignore_ascii_case(word)
    };
    let (name, _) = months.iter().chain(weekdays).find(|(_, names)| names.iter().any(is_word))?;
    cursor.attempt(|ahead| ahead.eat(b'.'));
    Some(*name)
}

/// Returns `true` if `text` may end with a name.
pub(super) fn may_end(text: &[u8]) -> bool {
    let part = |byte: &&u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    let length = text.iter().rev().take(LONGEST + 1).take_while(part).count();
    let name = text.get(text.len().saturating_sub(length)..).unwrap_or(&[]);
    // A name may follow a letter of another script.
    !name.is_ascii() || (length <= LONGEST && may_start(name))
}

/// Returns `false` if no name starts with the first two bytes of `text`, so that most words are rejected
/// without a comparison.
fn may_start(text: &[u8]) -> bool {
    let &[first, second, ..] = text else { return false };
    let seconds = SECONDS.get(usize::from(first.to_ascii_lowercase().wrapping_sub(b'a')));
    seconds.is_some_and(|seconds| seconds & second_bit(second) != 0)
}

/// For each letter, a bit for each second byte of the names that start with it.
static SECONDS: [u32; 26] = seconds();

/// The bit for a second byte in either case. All bytes of letters outside of ASCII have the same.
const fn second_bit(byte: u8) -> u32 {
    match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        b'A'..=b'Z' => 1 << (byte - b'A'),
        0x80.. => 1 << 31,
        _ => 0,
    }
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
#[expect(clippy::as_conversions, reason = "const, and a letter fits into any usize")]
const fn seconds() -> [u32; 26] {
    let mut seconds = [0; 26];
    let mut initial = b'a';
    while initial <= b'z' {
        let at = (initial - b'a') as usize;
        seconds[at] = seconds_of(months(initial)) | seconds_of(weekdays(initial));
        initial += 1;
    }
    seconds
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which reports a bad index")]
const fn seconds_of(names: &[Spellings]) -> u32 {
    let (mut seconds, mut row) = (0, 0);
    while row < names.len() {
        let mut spelling = 0;
        while spelling < names[row].1.len() {
            seconds |= second_bit(names[row].1[spelling].as_bytes()[1]);
            spelling += 1;
        }
        row += 1;
    }
    seconds
}

/// The names that start with `initial`.
fn known(initial: u8) -> (&'static [Spellings], &'static [Spellings]) {
    (months(initial), weekdays(initial))
}

/// Reads the name of a month: 1 to 12.
pub(super) fn read_month(cursor: &mut Cursor<'_>) -> Option<u8> {
    match read(cursor)? {
        Month(month) => Some(month),
        Weekday => None,
    }
}

// English, German, French, Spanish, Italian and Portuguese.
#[rustfmt::skip]
const fn months(initial: u8) -> &'static [Spellings] {
    match initial {
        b'a' => &[
            (Month(4), &["apr", "april", "avr", "avril", "abr", "abril", "aprile"]),
            (Month(8), &["aug", "august", "août", "ago", "agosto"]),
        ],
        b'd' => &[
            (Month(12), &["dec", "december", "dez", "dezember", "déc", "décembre", "dic", "diciembre", "dicembre"]),
            (Month(12), &["dezembro"]),
        ],
        b'e' => &[(Month(1), &["ene", "enero"])],
        b'f' => &[(Month(2), &["feb", "february", "februar", "févr", "février", "febrero", "febbraio", "fev", "fevereiro"])],
        b'g' => &[(Month(1), &["gen", "gennaio"]), (Month(6), &["giu", "giugno"])],
        b'j' => &[
            (Month(1), &["jan", "january", "januar", "jänner", "janv", "janvier", "janeiro"]),
            (Month(6), &["jun", "june", "juni", "juin", "junio", "junho"]),
            (Month(7), &["jul", "july", "juli", "juil", "juillet", "julio", "julho"]),
        ],
        b'l' => &[(Month(7), &["lug", "luglio"])],
        b'm' => &[
            (Month(3), &["mar", "march", "mär", "märz", "mrz", "mars", "marzo", "março"]),
            (Month(5), &["may", "mai", "mayo", "mag", "maggio", "maio"]),
        ],
        b'n' => &[(Month(11), &["nov", "november", "novembre", "noviembre", "novembro"])],
        b'o' => &[(Month(10), &["oct", "october", "okt", "oktober", "octobre", "octubre", "ott", "ottobre", "out", "outubro"])],
        b's' => &[(Month(9), &["sep", "sept", "september", "septembre", "septiembre", "set", "settembre", "setembro"])],
        _ => &[],
    }
}

// `mar` is a month, and not a Tuesday.
#[rustfmt::skip]
const fn weekdays(initial: u8) -> &'static [Spellings] {
    match initial {
        b'd' => &[(Weekday, &["di", "do", "dienstag", "donnerstag", "dim", "dimanche", "dom", "domingo", "domenica"])],
        b'f' => &[(Weekday, &["fri", "friday", "fr", "freitag"])],
        b'g' => &[(Weekday, &["gio", "giovedì"])],
        b'j' => &[(Weekday, &["jeu", "jeudi", "jue", "jueves"])],
        b'l' => &[(Weekday, &["lun", "lundi", "lunes", "lunedì"])],
        b'm' => &[
            (Weekday, &["mon", "monday", "mo", "mi", "montag", "mittwoch", "mardi", "martes", "martedì", "mer"]),
            (Weekday, &["mercredi", "mercoledì", "mié", "miércoles"]),
        ],
        b's' => &[
            (Weekday, &["sun", "sat", "sunday", "saturday", "so", "sa", "sonntag", "samstag", "sam", "samedi", "sáb"]),
            (Weekday, &["sábado", "sab", "sabato", "seg", "segunda", "sex"]),
        ],
        b't' => &[(Weekday, &["tue", "thu", "tuesday", "thursday", "tues", "thur", "thurs", "ter", "terça"])],
        b'q' => &[(Weekday, &["qua", "qui", "quarta", "quinta"])],
        b'v' => &[(Weekday, &["ven", "vendredi", "vie", "viernes", "venerdì"])],
        b'w' => &[(Weekday, &["wed", "wednesday"])],
        _ => &[],
    }
}

/// Returns `true` if `word` is a level, in any spelling.
pub(crate) fn is_level(word: &[u8]) -> bool {
    let levels: &[&str] = match word.first().map_or(0, u8::to_ascii_lowercase) {
        b'a' => &["alert"],
        b'c' => &["c", "crit", "critical"],
        b'd' => &["d", "debug"],
        b'e' => &["e", "err", "error", "emerg"],
        b'f' => &["f", "fatal"],
        b'i' => &["i", "info"],
        b'l' => &["log"],
        b'n' => &["notice"],
        b'p' => &["panic"],
        b's' => &["severe"],
        b't' => &["t", "trace"],
        b'v' => &["v", "verbose"],
        b'w' => &["w", "warn", "warning"],
        _ => return false,
    };
    word == b"Information" || levels.iter().any(|level| word.eq_ignore_ascii_case(level.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_read_and_none_is_longer_than_the_longest() {
        for initial in b'a'..=b'z' {
            let (months, weekdays) = known(initial);
            for &(name, spellings) in months.iter().chain(weekdays) {
                for spelling in spellings {
                    assert!(spelling.len() <= LONGEST, "{spelling}");
                    let mut cursor = Cursor::new(spelling.as_bytes());
                    assert_eq!((read(&mut cursor), cursor.len()), (Some(name), 0), "{spelling}");
                    let longer = std::format!("{spelling}abcdefghijklm");
                    assert_eq!(read(&mut Cursor::new(longer.as_bytes())), None, "{longer}");
                }
            }
        }
    }

    #[test]
    fn reads_names_in_any_case_with_or_without_point() {
        const ROWS: &[(&str, Option<Name>, &str)] = &[
            ("Feb 6", Some(Month(2)), " 6"),
            ("FEB-", Some(Month(2)), "-"),
            ("february ", Some(Month(2)), " "),
            ("Sept. 1", Some(Month(9)), " 1"),
            ("März", Some(Month(3)), ""),
            ("févr. 2017", Some(Month(2)), " 2017"),
            ("août", Some(Month(8)), ""),
            ("ene. 7", Some(Month(1)), " 7"),
            ("Gennaio", Some(Month(1)), ""),
            ("giu", Some(Month(6)), ""),
            ("luglio", Some(Month(7)), ""),
            ("Tue,", Some(Weekday), ","),
            ("Mittwoch", Some(Weekday), ""),
            ("Marvin", None, ""),
            ("decoder", None, ""),
            ("Ja", None, ""),
            ("7", None, ""),
            ("", None, ""),
        ];
        for &(text, name, rest) in ROWS {
            let mut cursor = Cursor::new(text.as_bytes());
            assert_eq!(read(&mut cursor), name, "{text}");
            if name.is_some() {
                assert_eq!(cursor.rest(), rest.as_bytes(), "{text}");
            }
        }
    }
}
