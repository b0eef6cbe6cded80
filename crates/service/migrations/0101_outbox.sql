-- What the helpdesk has to be told, written in the transaction of what it tells. `state`: waiting, sent or dead.
CREATE TABLE outbox (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    order_id   TEXT NOT NULL,
    case_id    TEXT NOT NULL,
    event      TEXT NOT NULL,
    payload    TEXT NOT NULL,
    state      TEXT NOT NULL,
    attempts   INTEGER NOT NULL,
    next_at    INTEGER NOT NULL,
    last_error TEXT,
    made_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX outbox_waiting ON outbox (state, next_at);
CREATE INDEX outbox_by_case ON outbox (order_id, case_id, seq);
