-- AlterTable
ALTER TABLE "proposal" ADD COLUMN     "due_at" TEXT NOT NULL DEFAULT '24:00';

-- What waits already and is due by the clock says so in its body.
UPDATE "proposal" SET "due_at" = "body"->>'dueAt' WHERE "body"->>'dueAt' IS NOT NULL;
