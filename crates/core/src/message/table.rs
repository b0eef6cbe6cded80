//! Macro that numbers a table of catalogue entries: one table for the first load, one for the second chunk.

/// Declares the table of names and placeholders, and a constant for each entry. The literal after the word `from` is the number
/// of the first constant; the others follow in order.
macro_rules! keys {
    ($(#[$numbered:meta])* from $first:literal; $($(#[$meta:meta])* $name:ident = $text:literal ($($arg:literal)*);)*) => {
        $(#[$numbered])*
        #[repr(u16)]
        enum Place { $($name,)* }

        /// Number of the first entry.
        pub const FIRST: u16 = $first;

        $($(#[$meta])* pub const $name: $crate::message::Key = $crate::message::Key(FIRST + Place::$name as u16);)*

        /// All entries in the order of the built catalogues, each with its name and the placeholders that it may use.
        pub const ALL: &[(&str, &[&str])] = &[$(($text, &[$($arg),*]),)*];
    };
}

pub(super) use keys;
