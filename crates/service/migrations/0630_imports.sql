-- Imports of existing orders that have not come to their end, at most one for each shop: the next page to read, as JSON. `source` is the
-- address of the shop, `since` the time from which on orders are imported, in seconds.
CREATE TABLE imports (
    shop       TEXT NOT NULL,
    source     TEXT NOT NULL,
    since      INTEGER NOT NULL,
    position   TEXT NOT NULL,
    orders     INTEGER NOT NULL,
    unreadable INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (shop, source)
) STRICT;
