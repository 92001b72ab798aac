-- Who amended a mark stands with its import, how a letter went in its attempts, what went with it in its enclosures: they are
-- kept as long as the mark and the letter (20261130090500_kept_six_years).
CREATE TRIGGER kept_six_years BEFORE DELETE ON "register_import" FOR EACH ROW EXECUTE FUNCTION refuse_if_kept('started_at');
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON "register_import" FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty('started_at');
CREATE TRIGGER kept_six_years BEFORE DELETE ON "letter_attempt" FOR EACH ROW EXECUTE FUNCTION refuse_if_kept('started_at');
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON "letter_attempt" FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty('started_at');

CREATE FUNCTION refuse_if_letter_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE approved date := (SELECT approved_on FROM letter WHERE id = OLD.letter_id);
BEGIN
  IF approved > now() - interval '6 years' THEN
    RAISE EXCEPTION 'Kept for six years: a row of % of a letter of %', TG_TABLE_NAME, approved;
  END IF;
  RETURN OLD;
END $$;

CREATE FUNCTION refuse_to_empty_if_letter_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM letter_enclosure AS e JOIN letter AS l ON l.id = e.letter_id WHERE l.approved_on > now() - interval '6 years') THEN
    RAISE EXCEPTION 'Kept for six years: rows of %', TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER kept_with_letter BEFORE DELETE ON "letter_enclosure" FOR EACH ROW EXECUTE FUNCTION refuse_if_letter_kept();
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON "letter_enclosure" FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty_if_letter_kept();
