//! Runs of dark modules of a QR code, from which the PDF and the SVG are drawn.

/// Returns each horizontal run of dark modules as row, column and length.
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
