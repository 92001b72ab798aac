-- Marks lie in a partition a school year (1 September to 31 August), so that a year that is over is left alone: the index
-- that an import writes to is this year's, and a year that must no longer be kept is dropped, not deleted row by row.
ALTER TABLE "mark" RENAME TO "mark_in_one";
DROP INDEX "one_mark_believed", "unexplained_mark";

CREATE TABLE "mark" (LIKE "mark_in_one" INCLUDING DEFAULTS) PARTITION BY RANGE ("day");

-- The one key, in place of two: of a session one mark at most is believed now (until NULL), and no two were until the same
-- instant. The code lies beside it, so that a pupil's marks are read from the index alone.
CREATE UNIQUE INDEX "mark_key" ON "mark"("pupil_id", "day", "session", "known_until") INCLUDE ("code") NULLS NOT DISTINCT;

-- Absences without a reason yet are few among many marks, and looked at by day.
CREATE INDEX "unexplained_mark" ON "mark"("day", "pupil_id") WHERE "code" = 'N' AND "known_until" IS NULL;

-- Makes sure that the school year which begins on this day has its partition. An empty table is made and then attached, which
-- keeps nobody from reading or writing other years meanwhile.
CREATE FUNCTION "make_mark_year"("begins" date) RETURNS void LANGUAGE plpgsql AS $$
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
    EXECUTE format('ALTER TABLE mark ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', "year", "begins", "begins" + interval '1 year');
END
$$;

SELECT "make_mark_year"("begins") FROM (
    SELECT DISTINCT make_date(extract(year FROM "day" - interval '8 months')::int, 9, 1) AS "begins" FROM "mark_in_one"
) AS "years";
INSERT INTO "mark" SELECT * FROM "mark_in_one";
DROP TABLE "mark_in_one";
