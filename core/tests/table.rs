//! Tables of `fixtures`: a header line, then one row per line with tab-separated columns.

/// The rows of `table`, which has `N` columns.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let columns = |line: &'static str| line.split('\t').collect::<Vec<_>>();
    table.lines().skip(1).map(move |line| {
        let met = columns(line);
        met.try_into().unwrap_or_else(|_| panic!("not {N} columns: {line}"))
    })
}

/// Decodes a column: `%` and two hexadecimal digits are one byte; everything else is literal.
pub(crate) fn bytes(column: &str) -> Vec<u8> {
    let mut parts = column.split('%');
    let plain = parts.next().unwrap_or_default();
    let escaped = parts.flat_map(|part| {
        let (digits, plain) = part.split_at(2);
        [u8::from_str_radix(digits, 16).unwrap()].into_iter().chain(plain.bytes())
    });
    plain.bytes().chain(escaped).collect()
}
