-- How long delivered parcels took, to learn what is usual for a carrier. Hours; `ended_at` in seconds.
CREATE TABLE passages (
    order_id    TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    shipment_id TEXT NOT NULL,
    carrier     TEXT NOT NULL,
    gap_h       INTEGER NOT NULL,
    transit_h   INTEGER NOT NULL,
    ended_at    INTEGER NOT NULL,
    PRIMARY KEY (order_id, shipment_id)
) STRICT;

CREATE INDEX passages_by_carrier ON passages (carrier, ended_at);

-- Under which number a partner carries a shipment on the last mile: what is said about that number is about the shipment.
CREATE TABLE last_miles (
    order_id     TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    shipment_id  TEXT NOT NULL,
    carrier      TEXT,
    tracking_key TEXT NOT NULL,
    PRIMARY KEY (order_id, shipment_id)
) STRICT;

CREATE INDEX last_miles_by_tracking_number ON last_miles (tracking_key);
