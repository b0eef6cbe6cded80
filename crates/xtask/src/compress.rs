//! Compresses files with brotli and gzip at their best quality: once, at the build, instead of at each request.

use std::io::Write;
use std::path::Path;

use crate::failure::Failure;
use crate::workspace;

pub(crate) fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    // Reading from memory and writing to memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters);
    compressed
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Writes `file.br` and `file.gz` beside a file. Returns their sizes in bytes, brotli first.
pub(crate) fn beside(path: &Path, bytes: &[u8]) -> Result<(usize, usize), Failure> {
    let (br, gz) = (brotli(bytes), gzip(bytes));
    for (extension, compressed) in [("br", &br), ("gz", &gz)] {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(extension);
        workspace::write(Path::new(&name), compressed)?;
    }
    Ok((br.len(), gz.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_compressed_comes_back() {
        let text = b"Arriving tomorrow, 10-12. Arriving tomorrow, 10-12. Arriving tomorrow, 10-12.";
        let mut back = Vec::new();
        let read = brotli::BrotliDecompress(&mut brotli(text).as_slice(), &mut back);
        assert!(read.is_ok());
        assert_eq!(back, text);
        assert!(gzip(text).len() < text.len());
    }
}
