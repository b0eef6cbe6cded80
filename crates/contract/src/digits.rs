//! Whole numbers as text, without the formatting code of the standard library, which would add to the widget's download.

/// Returns the decimal digits of a number.
///
/// ```
/// # use doorstep_contract::digits;
/// assert_eq!(digits(0), "0");
/// assert_eq!(digits(1042), "1042");
/// ```
pub fn text(number: u64) -> String {
    padded(number, 1)
}

/// Returns the decimal digits of a number, with leading zeros up to a width.
pub(crate) fn padded(mut number: u64, width: usize) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.len() < width {
        digits.push(b"0123456789".get((number % 10) as usize).copied().map_or('0', char::from));
        number /= 10;
    }
    digits.iter().rev().collect()
}
