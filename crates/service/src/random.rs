//! Randomness from the operating system, and random ids.

use crate::error::Error;

/// Returns random bytes.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut random = [0; N];
    getrandom::fill(&mut random).map_err(|error| Error::Internal(format!("random: {error}")))?;
    Ok(random)
}

/// Returns an id: the prefix and `N` random bytes in hexadecimal digits.
pub(crate) fn id<const N: usize>(prefix: &str) -> Result<String, Error> {
    Ok(bytes::<N>()?.iter().fold(prefix.to_owned(), |id, byte| format!("{id}{byte:02x}")))
}
