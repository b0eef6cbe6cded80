-- What belongs to an order and is never shown, when the order changes by itself, and the policy that its actions follow.
ALTER TABLE orders ADD COLUMN private TEXT NOT NULL DEFAULT '{}';
ALTER TABLE orders ADD COLUMN due_at INTEGER;
ALTER TABLE orders ADD COLUMN policy_hash TEXT NOT NULL DEFAULT '';

CREATE INDEX orders_by_due ON orders (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX orders_by_policy ON orders (policy_hash);

-- By what the retailer's people find a case; the case itself is part of its order.
CREATE TABLE cases (
    order_id  TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    case_id   TEXT NOT NULL,
    reference TEXT NOT NULL,
    kind      TEXT NOT NULL,
    state     TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    PRIMARY KEY (order_id, case_id)
) STRICT;

CREATE INDEX cases_by_state ON cases (state, opened_at);
CREATE UNIQUE INDEX cases_by_reference ON cases (reference);

-- One row per delivery that is booked; a seat is taken once, and a shipment has one.
CREATE TABLE slot_bookings (
    pool        TEXT NOT NULL,
    slot_id     TEXT NOT NULL,
    seat        INTEGER NOT NULL,
    order_id    TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    shipment_id TEXT NOT NULL,
    PRIMARY KEY (pool, slot_id, seat),
    UNIQUE (order_id, shipment_id)
) STRICT;

-- What was changed about where something goes, by whom; only ever added to.
CREATE TABLE audit (
    id         INTEGER PRIMARY KEY,
    order_id   TEXT NOT NULL,
    case_id    TEXT NOT NULL,
    at         INTEGER NOT NULL,
    what       TEXT NOT NULL,
    before     TEXT NOT NULL,
    after      TEXT NOT NULL,
    by         TEXT NOT NULL
) STRICT;

CREATE INDEX audit_by_order ON audit (order_id, case_id);
