//! Tables of `fixtures`: a header line, then one row per line with tab-separated columns.

/// The rows of `table`, which has `N` columns.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let columns = |line: &'static str| line.split('\t').collect::<Vec<_>>();
    table.lines().skip(1).map(move |line| {
        let met = columns(line);
        met.try_into().unwrap_or_else(|_| panic!("not {N} columns: {line}"))
    })
}
