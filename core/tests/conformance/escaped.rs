//! Table columns that hold arbitrary bytes.

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
