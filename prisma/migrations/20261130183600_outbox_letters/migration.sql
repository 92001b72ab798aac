-- Whether a letter was handed to the outbox is asked at each look of a training clock: see activities/training/quiet.ts.
CREATE INDEX outbox_letter ON outbox (matter_id) WHERE matter_kind = 'letter';
