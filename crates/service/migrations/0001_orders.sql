-- The order document is the aggregate: one row, one document, one version. What must be found by something else than the identity
-- stands beside it.
CREATE TABLE orders (
    id            TEXT PRIMARY KEY,
    number_key    TEXT NOT NULL,
    version       INTEGER NOT NULL,
    document      TEXT NOT NULL,
    email_hash    BLOB,
    postcode_hash BLOB
) STRICT;

CREATE INDEX orders_by_number ON orders (number_key);

-- By what a provider finds the shipment that it reports on.
CREATE TABLE shipments (
    order_id     TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    shipment_id  TEXT NOT NULL,
    carrier      TEXT,
    tracking_key TEXT NOT NULL,
    PRIMARY KEY (order_id, shipment_id)
) STRICT;

CREATE INDEX shipments_by_tracking_number ON shipments (tracking_key);

-- First answers by idempotency key, written in the transaction of their effect.
CREATE TABLE answers (
    key         TEXT PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    answer      TEXT NOT NULL,
    made_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX answers_by_age ON answers (made_at);
