-- What was said about numbers that no order has yet: a provider may speak before the shop does. Forgotten after a week.
CREATE TABLE unclaimed (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    tracking_key TEXT NOT NULL,
    fingerprint  BLOB NOT NULL,
    said         TEXT NOT NULL,
    came_at      INTEGER NOT NULL,
    UNIQUE (tracking_key, fingerprint)
) STRICT;

CREATE INDEX unclaimed_by_age ON unclaimed (came_at);
