//! Modules of a QR code as rows of `0` and `1`. The order document carries these rows, and every label is drawn from them.

use fast_qr::{ECL, QRBuilder};

/// Returns the modules of the code row by row, `1` for dark, without the quiet zone; None if the text does not fit.
///
/// ```
/// let rows = doorstep_backend::domain::label::rows("DS-7K2M4").unwrap();
/// assert_eq!((rows.len(), rows[0].len()), (21, 21));
/// assert!(rows[0].starts_with("1111111"));
/// ```
pub fn rows(text: &str) -> Option<Vec<String>> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let modules = code.data.get(..code.size.checked_mul(code.size)?)?;
    let row = |row: &[fast_qr::Module]| row.iter().map(|module| if module.value() { '1' } else { '0' }).collect();
    Some(modules.chunks_exact(code.size).map(row).collect())
}

/// Returns the runs of dark modules as row, column and length.
pub(super) fn runs(rows: &[String]) -> Vec<(u32, u32, u32)> {
    let mut runs: Vec<(u32, u32, u32)> = Vec::new();
    for (y, row) in (0..).zip(rows) {
        let mut open = false;
        for (x, module) in (0..).zip(row.bytes()) {
            let dark = module == b'1';
            match runs.last_mut() {
                Some((_, _, length)) if dark && open => *length += 1,
                Some(_) | None if dark => runs.push((y, x, 1)),
                Some(_) | None => {}
            }
            open = dark;
        }
    }
    runs
}
