//! Unifies characters that look alike and removes invisible characters, so that two spellings of a value can be compared.

use unicode_normalization::UnicodeNormalization as _;

/// Code points of the digit zero in scripts with decimal digits (Unicode general category Nd). The digits one to nine follow each
/// zero.
const ZEROS: [u32; 20] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x0F20,
    0x1040, 0x17E0, 0x1810, 0x1946, 0xA9D0,
];

/// Returns the text in NFKC, which turns full-width letters into plain ones and a no-break space into a space. Removes invisible
/// characters, and replaces dashes by ASCII hyphens and decimal digits by ASCII digits.
pub(super) fn plain(text: &str) -> String {
    text.nfkc().filter(|c| !is_invisible(*c)).map(|c| if is_dash(c) { '-' } else { digit(c) }).collect()
}

/// Returns true if a character is not displayed: `Default_Ignorable_Code_Point` of Unicode, or a control character other than
/// white space.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
        || (c.is_control() && !c.is_whitespace())
}

/// Returns true if a character is a kind of dash or minus (Unicode's property `Dash`).
pub(super) fn is_dash(c: char) -> bool {
    matches!(c,
        '-' | '\u{58a}' | '\u{5be}' | '\u{1400}' | '\u{1806}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2053}' | '\u{207b}'
        | '\u{208b}' | '\u{2212}' | '\u{2e17}' | '\u{2e1a}' | '\u{2e3a}'..='\u{2e3b}' | '\u{2e40}' | '\u{301c}' | '\u{3030}'
        | '\u{30a0}' | '\u{fe31}'..='\u{fe32}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

fn digit(c: char) -> char {
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}
