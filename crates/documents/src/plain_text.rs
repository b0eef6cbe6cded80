//! Cleans third-party text before it is inserted into generated text: replaces line ends, and removes characters that can
//! disguise a text. Pure; used by helpdesk tickets, labels, order webhooks, JSON for programs, and error texts.

/// Returns true if a character ends a line or is another control character.
pub fn ends_line(letter: char) -> bool {
    letter.is_control() || is_separator(letter)
}

/// Returns true if a character is Unicode's line or paragraph separator. JSON leaves both unescaped.
pub(crate) fn is_separator(letter: char) -> bool {
    matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Returns true if a character is invisible but changes the display or meaning of a text. These are direction marks, embeddings,
/// overrides and isolates (`Bidi_Control` in Unicode), and the characters of the Tags block.
pub fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns the text on one line, with ` / ` in place of line ends and other control characters. Hidden characters are removed.
pub fn one_line(text: &str) -> String {
    let visible: String = text.chars().filter(|letter| !is_hidden(*letter)).collect();
    visible.split(ends_line).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" / ")
}

/// Returns the text with each line end replaced by a line feed. Tabs are kept. Hidden characters and all other control characters
/// are removed.
pub(crate) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    text.chars().filter(|letter| !is_hidden(*letter) && (!letter.is_control() || matches!(letter, '\n' | '\t'))).collect()
}

/// Returns the JSON with separators and hidden characters escaped, so that they are visible when the JSON is printed. The values
/// stay equal.
pub fn escaped_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for letter in json.chars() {
        if is_hidden(letter) || is_separator(letter) {
            let mut units = [0; 2];
            letter.encode_utf16(&mut units).iter().for_each(|unit| escaped.push_str(&format!("\\u{unit:04x}")));
        } else {
            escaped.push(letter);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SMUGGLED: &str = "a\u{2028}b\u{2029}c\u{85}d\u{202e}e\u{2066}f\u{200f}g\u{e0041}h\r\ni\u{b}j";

    #[test]
    fn no_separator_ends_a_line_and_no_hidden_character_is_left() {
        assert_eq!(one_line(SMUGGLED), "a / b / c / defgh / i / j");
        assert_eq!(lines(SMUGGLED), "a\nb\nc\ndefgh\nij");
    }

    #[test]
    fn letters_of_every_script_and_joined_ones_stay() {
        for text in ["שלום עולם", "مرحبا", "می\u{200c}خواهم", "👩\u{200d}👧", "Łódź", "東京"] {
            assert_eq!((one_line(text), lines(text)), (text.to_owned(), text.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn escaped_json_says_the_same(text in "\\PC{0,20}[\u{2028}\u{2029}\u{202e}\u{2067}\u{e0041}]{0,4}\\PC{0,20}") {
            let json = escaped_json(&serde_json::to_string(&text).unwrap());
            prop_assert!(!json.chars().any(|letter| ends_line(letter) || is_hidden(letter)));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
