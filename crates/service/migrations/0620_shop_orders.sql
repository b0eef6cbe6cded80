-- Orders that a shop platform reports. `state`: pending (to be composed), known, waiting (the order itself was not reported yet),
-- refused (with `problem`), erase. `composed` is the hash of the order that was composed last. `mails_asked` is 1 once mails were asked
-- for with the order.
CREATE TABLE shop_orders (
    shop       TEXT NOT NULL,
    order_ref  TEXT NOT NULL,
    order_id   TEXT NOT NULL,
    state      TEXT NOT NULL,
    email_hash BLOB,
    contact    BLOB,
    mails_asked INTEGER NOT NULL DEFAULT 0,
    composed   BLOB,
    problem    TEXT,
    remarks    TEXT NOT NULL DEFAULT '[]',
    attempts   INTEGER NOT NULL DEFAULT 0,
    next_at    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (shop, order_ref)
) STRICT;

CREATE INDEX shop_orders_due ON shop_orders (next_at) WHERE state IN ('pending', 'erase');
CREATE INDEX shop_orders_by_state ON shop_orders (state, changed_at);
CREATE INDEX shop_orders_by_order ON shop_orders (order_id);

-- The newest record of each part of such an order: the order, its fulfilments, its refunds.
CREATE TABLE shop_records (
    shop      TEXT NOT NULL,
    order_ref TEXT NOT NULL,
    key       TEXT NOT NULL,
    record    TEXT NOT NULL,
    PRIMARY KEY (shop, order_ref, key),
    FOREIGN KEY (shop, order_ref) REFERENCES shop_orders (shop, order_ref) ON DELETE CASCADE
) STRICT;

-- Requests of a platform about personal data, as evidence that they were carried out. A request to export has one row for each order;
-- a request to erase has one row with the number of orders.
CREATE TABLE privacy_requests (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    shop        TEXT NOT NULL,
    topic       TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    order_id    TEXT NOT NULL,
    orders      INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (shop, delivery_id, topic, order_id)
) STRICT;

CREATE INDEX privacy_requests_by_order ON privacy_requests (order_id);
