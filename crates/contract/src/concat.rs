//! Texts made of several parts. The method of the standard library is compiled for every type of part and every separator, which
//! would add to the widget's download.

/// Returns the parts as one text.
///
/// ```
/// assert_eq!(doorstep_contract::concat(&["a", "", "bc"]), "abc");
/// ```
pub fn concat(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}
