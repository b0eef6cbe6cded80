//! Readable form of carriers' texts: removes markup, turns capitals into sentences and keeps abbreviations. The original text is
//! kept in an event's `raw`. Also derives the drop-off place from the text of a delivered scan, for providers that send no code
//! for the place.

use doorstep_contract::DeliveredTo;

use crate::markup;

/// Names and abbreviations that keep this spelling when a text in capitals is converted.
const KNOWN_SPELLINGS: &[&str] = &[
    "UPS", "USPS", "DHL", "DPD", "GLS", "TNT", "EMS", "FedEx", "OnTrac", "USA", "US", "UK", "EU", "UAE", "ID", "PIN", "PO",
    "COD", "ETA", "EDI", "ISC", "HM", "SMS", "QR", "NDC", "SCF", "AM", "PM",
];
/// Maximum length of a scan's text, in characters.
const MAX_CHARS: usize = 500;

/// Returns the text to show: white space is normalised, and a text in capitals becomes a sentence. Returns None if no text is
/// left.
pub(super) fn sentence(raw: &str) -> Option<String> {
    let text = plain_shortened(raw)?;
    if !is_in_capitals(&text) {
        return Some(text);
    }
    let mut starts = true;
    let words = text.split(' ').map(|word| {
        let shown = match known_spelling(word) {
            Some(word) => word,
            None if starts => capitalised(word),
            None => word.to_lowercase(),
        };
        starts = word.ends_with(['.', '!', '?']);
        shown
    });
    Some(words.collect::<Vec<_>>().join(" "))
}

/// Returns the name of a place, a person or a carrier; a name in capitals is capitalised word by word. Returns None if no text is
/// left.
pub(super) fn proper_name(raw: &str) -> Option<String> {
    let text = plain_shortened(raw)?;
    if !is_in_capitals(&text) {
        return Some(text);
    }
    Some(text.split(' ').map(|word| known_spelling(word).unwrap_or_else(|| capitalised(word))).collect::<Vec<_>>().join(" "))
}

/// Returns the name of a carrier, derived from a provider's code: `dhl_express` gives `DHL Express`. Returns None if the code is
/// empty.
pub(super) fn carrier_name(code: &str) -> Option<String> {
    proper_name(&code.replace(['-', '_'], " ").to_uppercase())
}

/// Returns the drop-off place of a delivered parcel from the text of the scan. The first matching row of the table decides. The
/// place is unknown if no row matches.
pub(super) fn delivered_to(message: &str) -> DeliveredTo {
    let text = markup::text(message).to_lowercase().replace('_', " ");
    let table: [(&[&str], DeliveredTo); 6] = [
        (&["neighbor", "neighbour"], DeliveredTo::Neighbour),
        (&["mailbox", "mail box", "letterbox", "letter box"], DeliveredTo::Mailbox),
        (&["locker"], DeliveredTo::Locker),
        (&["front desk", "reception", "mail room", "mailroom"], DeliveredTo::Reception),
        (&["front door", "porch", "garage", "safe place", "safeplace"], DeliveredTo::SafePlace),
        (&["left with individual"], DeliveredTo::Household),
    ];
    let found = table.into_iter().find(|(words, _)| words.iter().any(|word| text.contains(word)));
    found.map_or_else(DeliveredTo::default, |(_, to)| to)
}

/// Returns the text without markup, control characters and repeated spaces, otherwise as written. Returns None if no text is
/// left.
pub(super) fn plain(raw: &str) -> Option<String> {
    let without_turns: String = raw.chars().filter(|letter| !changes_direction(*letter)).collect();
    let plain = markup::text(&without_turns)
        .chars()
        .filter(|letter| !changes_direction(*letter))
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect::<String>();
    let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Returns the plain text, cut to `MAX_CHARS`. Returns None if no text is left.
fn plain_shortened(raw: &str) -> Option<String> {
    let text = plain(raw)?;
    let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(end, _)| end);
    Some(text.get(..end)?.trim_end().to_owned())
}

/// Returns true for characters that change the direction of text. Scans do not need these characters, which can disguise a text
/// as another one.
fn changes_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_in_capitals(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_uppercase()).count() >= 3 && !text.chars().any(char::is_lowercase)
}

fn known_spelling(word: &str) -> Option<String> {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let known = KNOWN_SPELLINGS.iter().find(|known| known.eq_ignore_ascii_case(bare));
    // A word with a digit is a code, such as the number of a facility, and stays as written.
    let is_code = bare.chars().any(|letter| letter.is_ascii_digit());
    match known {
        Some(known) => Some(word.replace(bare, known)),
        None if is_code => Some(word.to_owned()),
        None => None,
    }
}

fn capitalised(word: &str) -> String {
    let mut first = true;
    word.chars()
        .flat_map(|letter| {
            let starts = first && letter.is_alphabetic();
            first = first && !letter.is_alphabetic() || letter == '-';
            if starts { letter.to_uppercase().collect::<Vec<_>>() } else { letter.to_lowercase().collect() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_a_sentence_and_abbreviations_stay() {
        for (raw, shown) in [
            ("BILLING INFORMATION RECEIVED", "Billing information received"),
            ("OUT  FOR DELIVERY\n", "Out for delivery"),
            ("TENDERED TO USPS, WILL ARRIVE", "Tendered to USPS, will arrive"),
            ("FEDEX HAS IT. CALL UPS", "FedEx has it. Call UPS"),
            ("ARRIVED AT HUB LHR4", "Arrived at hub LHR4"),
            ("Delivered, In/At Mailbox", "Delivered, In/At Mailbox"),
            ("ÜBERGABE AN DEN EMPFÄNGER", "Übergabe an den empfänger"),
            ("OK", "OK"),
            ("Left with \u{202e}nobody\u{202c}", "Left with nobody"),
        ] {
            assert_eq!(sentence(raw).as_deref(), Some(shown));
        }
        assert_eq!(sentence(" \t "), None);
    }

    #[test]
    fn codes_of_carriers_become_names() {
        for (code, name) in [("royal-mail", "Royal Mail"), ("ups", "UPS"), ("dhl_express", "DHL Express"), ("fedex", "FedEx")] {
            assert_eq!(carrier_name(code).as_deref(), Some(name));
        }
    }

    #[test]
    fn places_are_names() {
        assert_eq!(proper_name("SOUTH SAN FRANCISCO").as_deref(), Some("South San Francisco"));
        assert_eq!(proper_name("STRATFORD-UPON-AVON").as_deref(), Some("Stratford-Upon-Avon"));
        assert_eq!(proper_name("Köln").as_deref(), Some("Köln"));
    }

    #[test]
    fn the_scan_says_where_it_was_left() {
        for (message, to) in [
            ("Delivered, In/At Mailbox", DeliveredTo::Mailbox),
            ("DELIVERED, FRONT DOOR/PORCH", DeliveredTo::SafePlace),
            ("front_porch", DeliveredTo::SafePlace),
            ("Delivered, Left with Neighbor", DeliveredTo::Neighbour),
            ("Delivered, Parcel Locker", DeliveredTo::Locker),
            ("Delivered, Front Desk/Reception/Mail Room", DeliveredTo::Reception),
            ("DELIVERED", DeliveredTo::default()),
        ] {
            assert_eq!(delivered_to(message), to, "{message}");
        }
    }
}
