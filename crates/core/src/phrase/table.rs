//! The macro that numbers a table of entries: one table for the first load, one for the second chunk.

/// Declares a constant for each entry, numbered from the first on, and the table of their names and placeholders.
macro_rules! keys {
    ($(#[$numbered:meta])* from $first:literal; $($(#[$meta:meta])* $name:ident = $text:literal ($($arg:literal)*);)*) => {
        $(#[$numbered])*
        #[repr(u16)]
        enum Place { $($name,)* }

        /// The number of the first entry.
        pub const FIRST: u16 = $first;

        $($(#[$meta])* pub const $name: $crate::phrase::Key = $crate::phrase::Key(FIRST + Place::$name as u16);)*

        /// Every entry in the order of the built catalogues: its name and the placeholders that it may use.
        pub const ALL: &[(&str, &[&str])] = &[$(($text, &[$($arg),*]),)*];
    };
}

pub(super) use keys;
