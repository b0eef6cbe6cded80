-- Whom a message is for. What was written before there was a choice is the helpdesk's. Where a message is about a whole order, its
-- case is empty.
ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT 'helpdesk';

DROP INDEX outbox_waiting;
DROP INDEX outbox_by_case;
CREATE INDEX outbox_by_state ON outbox (channel, state, seq);
CREATE INDEX outbox_in_turn ON outbox (channel, order_id, case_id, seq) WHERE state = 'waiting';
CREATE INDEX outbox_sent ON outbox (made_at) WHERE state = 'sent';
