-- Tracking numbers that were given to a tracking provider, so that each is given once: the number as a keyed hash, and the carrier
-- under which it was given, in lower-case letters and digits.
CREATE TABLE registered_numbers (
    number_hash BLOB NOT NULL,
    provider    TEXT NOT NULL,
    carrier     TEXT NOT NULL,
    made_at     INTEGER NOT NULL,
    PRIMARY KEY (number_hash, provider, carrier)
) STRICT, WITHOUT ROWID;

CREATE INDEX registered_numbers_by_age ON registered_numbers (made_at);

-- The code of the reason for which the last attempt failed.
ALTER TABLE outbox ADD COLUMN reason TEXT;

CREATE INDEX outbox_unsent_registrations ON outbox (order_id) WHERE channel = 'registration' AND state <> 'sent';
