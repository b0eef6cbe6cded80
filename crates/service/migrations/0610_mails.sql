-- Where shoppers get mails about their order. `address` is encrypted with the contact key: nonce, ciphertext and tag.
CREATE TABLE contacts (
    order_id        TEXT PRIMARY KEY REFERENCES orders(id) ON DELETE CASCADE,
    address         BLOB NOT NULL,
    language        TEXT NOT NULL,
    unsubscribed_at INTEGER
) STRICT;

-- Facts of an order that were news once, or were too old to be news. No fact is told twice.
CREATE TABLE seen_facts (
    order_id TEXT NOT NULL REFERENCES orders(id) ON DELETE CASCADE,
    fact     TEXT NOT NULL,
    PRIMARY KEY (order_id, fact)
) STRICT, WITHOUT ROWID;
