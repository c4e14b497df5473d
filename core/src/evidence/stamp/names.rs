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

type Spellings = (Name, &'static [&'static str]);

/// Reads a name, and the point of an abbreviation.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Name> {
    let word = cursor.take_while(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
    let is_word = |name: &&str| word.eq_ignore_ascii_case(name.as_bytes());
    let (name, _) =
        starting_with(*word.first()?).iter().find(|(_, names)| names.iter().any(is_word))?;
    cursor.attempt(|ahead| ahead.eat(b'.'));
    Some(*name)
}

/// Reads the name of a month: 1 to 12.
pub(super) fn read_month(cursor: &mut Cursor<'_>) -> Option<u8> {
    match read(cursor)? {
        Month(month) => Some(month),
        Weekday => None,
    }
}

// English, German, French, Spanish, Italian and Portuguese, indexed by initial so that most words are
// rejected without a comparison. `mar` is a month here, and not a Tuesday.
fn starting_with(initial: u8) -> &'static [Spellings] {
    match initial.to_ascii_lowercase() {
        b'a' => &[
            (Month(4), &["apr", "april", "avr", "avril", "abr", "abril", "aprile"]),
            (Month(8), &["aug", "august", "août", "ago", "agosto"]),
        ],
        b'd' => &[
            (Month(12), &["dec", "december", "dez", "dezember", "déc", "décembre", "dic"]),
            (Month(12), &["diciembre", "dicembre", "dezembro"]),
            (Weekday, &["di", "do", "dienstag", "donnerstag", "dim", "dimanche", "dom", "domingo"]),
            (Weekday, &["domenica"]),
        ],
        b'e' => &[(Month(1), &["ene", "enero"])],
        b'f' => &[
            (Month(2), &["feb", "february", "februar", "févr", "février", "febrero", "febbraio"]),
            (Month(2), &["fev", "fevereiro"]),
            (Weekday, &["fri", "friday", "fr", "freitag"]),
        ],
        b'g' => &[
            (Month(1), &["gen", "gennaio"]),
            (Month(6), &["giu", "giugno"]),
            (Weekday, &["gio", "giovedì"]),
        ],
        b'j' => &[
            (Month(1), &["jan", "january", "januar", "jänner", "janv", "janvier", "janeiro"]),
            (Month(6), &["jun", "june", "juni", "juin", "junio", "junho"]),
            (Month(7), &["jul", "july", "juli", "juil", "juillet", "julio", "julho"]),
            (Weekday, &["jeu", "jeudi", "jue", "jueves"]),
        ],
        b'l' => &[(Month(7), &["lug", "luglio"]), (Weekday, &["lun", "lundi", "lunes", "lunedì"])],
        b'm' => &[
            (Month(3), &["mar", "march", "mär", "märz", "mrz", "mars", "marzo", "março"]),
            (Month(5), &["may", "mai", "mayo", "mag", "maggio", "maio"]),
            (Weekday, &["mon", "monday", "mo", "mi", "montag", "mittwoch"]),
            (Weekday, &["mardi", "martes", "martedì", "mer", "mercredi", "mercoledì"]),
            (Weekday, &["mié", "miércoles"]),
        ],
        b'n' => &[(Month(11), &["nov", "november", "novembre", "noviembre", "novembro"])],
        b'o' => &[
            (Month(10), &["oct", "october", "okt", "oktober", "octobre", "octubre"]),
            (Month(10), &["ott", "ottobre", "out", "outubro"]),
        ],
        b's' => &[
            (Month(9), &["sep", "sept", "september", "septembre", "septiembre"]),
            (Month(9), &["set", "settembre", "setembro"]),
            (Weekday, &["sun", "sat", "sunday", "saturday", "so", "sa", "sonntag", "samstag"]),
            (
                Weekday,
                &["sam", "samedi", "sáb", "sábado", "sab", "sabato", "seg", "segunda", "sex"],
            ),
        ],
        b't' => &[
            (Weekday, &["tue", "thu", "tuesday", "thursday", "tues", "thur", "thurs"]),
            (Weekday, &["ter", "terça"]),
        ],
        b'q' => &[(Weekday, &["qua", "qui", "quarta", "quinta"])],
        b'v' => &[(Weekday, &["ven", "vendredi", "vie", "viernes", "venerdì"])],
        b'w' => &[(Weekday, &["wed", "wednesday"])],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
