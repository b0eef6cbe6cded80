-- What a provider calls a shipment where it does not say the carrier's number; it may have more than one name for it.
CREATE TABLE shipment_references (
    order_id      TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    shipment_id   TEXT NOT NULL,
    reference_key TEXT NOT NULL,
    PRIMARY KEY (order_id, shipment_id, reference_key)
) STRICT;

CREATE INDEX shipment_references_by_key ON shipment_references (reference_key);
