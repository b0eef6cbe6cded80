//! Masks a delivery address. The lines tell the shopper which address it is, and are of no use to anybody else: the initial of the
//! given name with the family name, the street without its house number, the town with the outward part of the postcode.
//!
//! Left out are companies, the second line of the address (flats, floors, buildings), and a first line from which nothing can be
//! taken away: one without a number, or with the name of a person in it.

use doorstep_domain::order::lookup::Postcode;

use crate::shop_order::ShopAddress;

/// Stands for each character that is masked.
const MASK: char = '•';
/// Maximum length of a line, in characters.
const MAX_LINE: usize = 80;
/// Countries that write the postcode before the town.
const POSTCODE_FIRST: &str = "AD AT AX BA BE BG CH CZ DE DK DZ EE ES FI FO FR GF GL GP GR HR HU IL IS IT LI LT LU LV MA MC ME MK \
    MQ MX MY NC NL NO PF PL PM PT RE RO RS SE SI SJ SK SM TN TR VA WF XK YT";
/// Countries whose addresses name the state or province.
const WITH_REGION: &str = "AU BR CA US";

/// Parts of an address as a platform sends them.
#[derive(Clone, Debug, Default)]
pub(crate) struct FullAddress {
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    /// First and last name, for platforms that send both in one field.
    pub(crate) name: Option<String>,
    pub(crate) street: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) postcode: Option<String>,
    pub(crate) country: Option<String>,
}

impl FullAddress {
    /// Returns the first of several addresses that has a street, a town or a postcode, else the first with a country.
    pub(crate) fn first_of<const N: usize>(all: [Option<Self>; N]) -> Self {
        let all = || all.iter().flatten();
        let is_full = |one: &&Self| [&one.street, &one.city, &one.postcode].into_iter().any(Option::is_some);
        all().find(is_full).or_else(|| all().find(|one| one.country.is_some())).cloned().unwrap_or_default()
    }

    /// Returns the masked address.
    pub(crate) fn masked(&self) -> ShopAddress {
        let country = self.country.as_deref().and_then(country_code);
        let town = self.town(country.as_deref().unwrap_or_default());
        let lines = [self.masked_name(), self.masked_street(), town].into_iter().flatten();
        ShopAddress { lines: lines.map(|line| cut(&line)).collect(), country, region: self.region.clone() }
    }

    /// Returns the initial of the given name and the family name, or only an initial if there is one name.
    fn masked_name(&self) -> Option<String> {
        let (first, last) = match (&self.first_name, &self.last_name) {
            (Some(first), Some(last)) => (first.clone(), last.clone()),
            (Some(one), None) | (None, Some(one)) => split_name(one)?,
            (None, None) => split_name(self.name.as_deref()?)?,
        };
        let initial = first.chars().find(|letter| letter.is_alphanumeric())?;
        // Somebody who types the whole name into one field must not appear with it.
        let last = last.split_whitespace().next_back().filter(|word| !word.chars().any(char::is_numeric) && !word.contains('@'));
        Some(last.map_or_else(|| format!("{initial}{MASK}{MASK}"), |last| format!("{initial}. {last}")))
    }

    /// Returns the street with masked numbers, or None if nothing of it may be shown.
    fn masked_street(&self) -> Option<String> {
        let street = self.street.as_deref()?;
        let small = street.to_lowercase();
        let names = [&self.last_name, &self.first_name].into_iter().flatten().chain(&self.name);
        let mut words = names.flat_map(|name| name.split_whitespace()).filter(|word| word.chars().count() > 1);
        let names_somebody = ["c/o", "attn", "att:", "@", "℅"].iter().any(|word| small.contains(word))
            || words.any(|word| small.split(|letter: char| !letter.is_alphanumeric()).any(|part| part == word.to_lowercase()));
        let masked = masked_numbers(street);
        (!names_somebody && masked != street).then_some(masked)
    }

    fn town(&self, country: &str) -> Option<String> {
        let is_in = |list: &str| list.split_whitespace().any(|code| code == country);
        let postcode = self.postcode.as_deref().map(|postcode| outward(postcode, country));
        let city = self.city.as_deref().map(masked_numbers);
        let region = self.region.clone().filter(|region| is_in(WITH_REGION) && region.len() <= 3);
        let place = match (city, region) {
            (Some(city), Some(region)) => Some(format!("{city}, {region}")),
            (city, _) => city,
        };
        let parts = if is_in(POSTCODE_FIRST) { [postcode, place] } else { [place, postcode] };
        let line = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }
}

/// Returns a country code in capitals, or None if it is not two letters.
pub(crate) fn country_code(code: &str) -> Option<String> {
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| code.to_ascii_uppercase())
}

/// Returns given and family name: the first and the last word. The family name is empty if there is one word only.
fn split_name(name: &str) -> Option<(String, String)> {
    let mut words = name.split_whitespace();
    let first = words.next()?;
    Some((first.to_owned(), words.next_back().unwrap_or_default().to_owned()))
}

/// Masks every word part with a digit: all of it if it has one character, and else all but its first character. `221B` becomes
/// `2•••`. Digits of any script count.
fn masked_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    // Letters belong to the number only in ASCII: scripts without spaces write the number directly after the street.
    let in_run = |letter: char| letter.is_ascii_alphanumeric() || letter.is_numeric();
    for letter in text.chars().chain(std::iter::once(' ')) {
        if in_run(letter) {
            run.push(letter);
            continue;
        }
        let has_digit = run.iter().any(|letter| letter.is_numeric());
        let kept = if has_digit { usize::from(run.len() > 1) } else { run.len() };
        out.extend(run.iter().enumerate().map(|(at, letter)| if at < kept { *letter } else { MASK }));
        run.clear();
        out.push(letter);
    }
    out.trim().to_owned()
}

/// Returns the part of a postcode that names a district and not a street: the outward code, the first half, or the whole code in
/// countries where it is short.
fn outward(postcode: &str, country: &str) -> String {
    let compact: String = postcode.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    if let Some(half) =
        Postcode::read(postcode).and_then(|read| read.half).filter(|_| ["GB", "IM", "JE", "GG", "NL", "CA"].contains(&country))
    {
        return half;
    }
    let length = compact.chars().count();
    let keep = match country {
        "IE" => 3,
        // The first two digits are the sector; all six are one building.
        "SG" => 2,
        _ if length <= 6 => length,
        "JP" => 3,
        "PT" => 4,
        _ => 5,
    };
    if keep >= length { postcode.trim().to_owned() } else { compact.chars().take(keep).collect() }
}

fn cut(line: &str) -> String {
    line.chars().take(MAX_LINE).collect()
}

#[cfg(test)]
#[path = "address_tests.rs"]
mod tests;
