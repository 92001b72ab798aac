-- Absences without a reason yet are few among many marks, and looked at by day.
CREATE INDEX "unexplained_mark" ON "mark"("day", "pupil_id") WHERE "code" = 'N' AND "known_until" IS NULL;
