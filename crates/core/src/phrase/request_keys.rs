//! Every entry of the catalogue that only the second chunk uses. The build writes them into an array of their own, which is fetched with it.

use super::table::keys;

keys! {
    #[expect(non_camel_case_types, reason = "named like the entries, only to number them")]
    from 0x4000;
    /// “Close”
    REQUEST_CLOSE = "request.close" ();
}
