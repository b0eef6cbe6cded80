//! Modules of a QR code as rows of `0` and `1`. The order document contains these rows for the widget, and labels are drawn from
//! these rows too.

use fast_qr::{ECL, QRBuilder};

/// Returns the modules of the QR code row by row, `1` for dark, without the quiet zone. Returns None if the text is too long for
/// a QR code.
///
/// ```
/// let rows = doorstep_domain::self_service::returns::qr_code::rows("DS-7K2M4").unwrap();
/// assert_eq!((rows.len(), rows[0].len()), (21, 21));
/// assert!(rows[0].starts_with("1111111"));
/// ```
pub fn rows(text: &str) -> Option<Vec<String>> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let modules = code.data.get(..code.size.checked_mul(code.size)?)?;
    let row = |row: &[fast_qr::Module]| row.iter().map(|module| if module.value() { '1' } else { '0' }).collect();
    Some(modules.chunks_exact(code.size).map(row).collect())
}
