-- Every entry of the register, and what was decided and sent on it, is kept for six years (policy/register/retention.ts): the
-- database refuses to delete it before, whoever asks. A pupil goes only after the last entry about them.
CREATE FUNCTION refuse_if_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE made timestamptz := (to_jsonb(OLD) ->> TG_ARGV[0])::timestamptz;
BEGIN
  IF made > now() - interval '6 years' THEN
    RAISE EXCEPTION 'Kept for six years: a row of % of %', TG_TABLE_NAME, made::date;
  END IF;
  RETURN OLD;
END $$;

CREATE FUNCTION refuse_if_marked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM mark WHERE pupil_id = OLD.id) THEN
    RAISE EXCEPTION 'Kept for six years: the register has entries of this pupil';
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER kept_six_years BEFORE DELETE ON "mark" FOR EACH ROW EXECUTE FUNCTION refuse_if_kept('known_from');
CREATE TRIGGER kept_six_years BEFORE DELETE ON "ledger_event" FOR EACH ROW EXECUTE FUNCTION refuse_if_kept('at');
CREATE TRIGGER kept_six_years BEFORE DELETE ON "letter" FOR EACH ROW EXECUTE FUNCTION refuse_if_kept('approved_on');
CREATE TRIGGER kept_six_years BEFORE DELETE ON "return_made" FOR EACH ROW EXECUTE FUNCTION refuse_if_kept('made_at');
CREATE TRIGGER kept_with_register BEFORE DELETE ON "pupil" FOR EACH ROW EXECUTE FUNCTION refuse_if_marked();
