-- The schema of the stored document and its private part. 0: written before there were numbers. It grows with every field that is added or
-- taken away, so that no release reads, and writes back, what it does not know.
ALTER TABLE orders ADD COLUMN schema INTEGER NOT NULL DEFAULT 0;
