-- Photos that shoppers sent, already written anew. A photo that no case took up within a day is dropped.
CREATE TABLE evidence (
    id       TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    case_id  TEXT,
    made_at  INTEGER NOT NULL,
    picture  BLOB NOT NULL
) STRICT;

CREATE INDEX evidence_by_order ON evidence (order_id);
CREATE INDEX evidence_unused ON evidence (made_at) WHERE case_id IS NULL;
