-- The epoch of the links of an order: raising it ends every token of an earlier one.
ALTER TABLE orders ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;

-- The outward half of the postcode, hashed as the whole is; and in which form the number is written in `number_key`.
ALTER TABLE orders ADD COLUMN postcode_half_hash BLOB;
ALTER TABLE orders ADD COLUMN number_form INTEGER NOT NULL DEFAULT 1;

-- When it last changed and since when it is finished, in seconds; -1 where that was not noted yet.
ALTER TABLE orders ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN finished_at INTEGER DEFAULT -1;
UPDATE orders SET updated_at = coalesce(unixepoch(json_extract(document, '$.as_of')), 0);

CREATE INDEX orders_by_update ON orders (updated_at, id);
CREATE INDEX orders_by_end ON orders (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX orders_by_email ON orders (email_hash) WHERE email_hash IS NOT NULL;

-- Which order an answer is about, to erase it with the order.
ALTER TABLE answers ADD COLUMN order_id TEXT;
CREATE INDEX answers_by_order ON answers (order_id) WHERE order_id IS NOT NULL;

-- What was erased, by keyed hash: no late delivery brings it back, and no old link opens an order that takes its identity.
CREATE TABLE erased_orders (
    id_hash   BLOB PRIMARY KEY,
    epoch     INTEGER NOT NULL,
    erased_at INTEGER NOT NULL,
    erased_by TEXT NOT NULL
) STRICT;

CREATE TABLE erased_numbers (
    number_hash BLOB PRIMARY KEY,
    erased_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX erased_numbers_by_age ON erased_numbers (erased_at);

CREATE INDEX orders_by_number_form ON orders (id) WHERE number_form < 2;
