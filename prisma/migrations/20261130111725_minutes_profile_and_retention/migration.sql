-- AlterTable
ALTER TABLE "mark" ADD COLUMN     "minutes_late" SMALLINT;

-- AlterTable
ALTER TABLE "staged_mark" ADD COLUMN     "minutes_late" SMALLINT;

-- How many days of absence that are not in a row an authority's return asks for is said in the authority's profile, where all is
-- that it decides for itself. Ten is what the national profile says, and Hertfordshire's. Another number goes into the profile
-- that was kept for the authority, or into one that is made for it and says no more: the rest is as it was.
CREATE FUNCTION pg_temp.said(days integer) RETURNS text LANGUAGE sql AS
  $$ SELECT format(E'\nattendance return: { irregular absence: %s }\n', coalesce(days::text, 'not asked')) $$;

UPDATE "authority_profile" AS p SET "text" = rtrim(p."text", E'\n') || pg_temp.said(a."irregular_days")
FROM "authority" AS a WHERE a.id = p."authority_id" AND a."irregular_days" IS DISTINCT FROM 10;

INSERT INTO "authority_profile" ("authority_id", "text")
SELECT id, format(E'authority: %s\ntitle: %s%s', id, to_json(name), pg_temp.said("irregular_days"))
FROM "authority" WHERE "irregular_days" IS DISTINCT FROM 10 AND id NOT IN (SELECT "authority_id" FROM "authority_profile");

ALTER TABLE "authority" DROP COLUMN "irregular_days";

-- What is kept for six years is not emptied either, a school year of marks by itself as little as all of them.
CREATE FUNCTION refuse_to_empty() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kept boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I WHERE %I > now() - interval ''6 years'')', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0])
  INTO kept;
  IF kept THEN
    RAISE EXCEPTION 'Kept for six years: rows of %', TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION refuse_to_empty_if_marked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM mark) THEN
    RAISE EXCEPTION 'Kept for six years: the register has entries of these pupils';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER not_emptied BEFORE TRUNCATE ON "mark" FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty('known_from');
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON "ledger_event" FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty('at');
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON "letter" FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty('approved_on');
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON "return_made" FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty('made_at');
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON "pupil" FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty_if_marked();

-- What people wrote on a case is kept as long as the step of the ledger that bears the same words.
CREATE TRIGGER kept_six_years BEFORE DELETE ON "written_text" FOR EACH ROW EXECUTE FUNCTION refuse_if_kept('written_at');
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON "written_text" FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty('written_at');

CREATE OR REPLACE FUNCTION "make_mark_year"("begins" date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    "year" text := format('mark_%s', extract(year FROM "begins"));
BEGIN
    IF to_regclass(quote_ident("year")) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('firstbell mark years'));
    IF to_regclass(quote_ident("year")) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE mark INCLUDING DEFAULTS INCLUDING INDEXES)', "year");
    EXECUTE format('CREATE TRIGGER not_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty(''known_from'')', "year");
    EXECUTE format('ALTER TABLE mark ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', "year", "begins", "begins" + interval '1 year');
END
$$;

DO $$
DECLARE part regclass;
BEGIN
  FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'mark'::regclass LOOP
    EXECUTE format('CREATE TRIGGER not_emptied BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty(''known_from'')', part);
  END LOOP;
END $$;
