-- Why a letter was stopped is read by more people than what a court order says: the pupil's page has the order itself.
UPDATE "letter" SET "status_why" = 'A restriction is in force' WHERE "status_why" LIKE 'A restriction is in force: %';
