-- AlterTable
ALTER TABLE "user_account" ADD COLUMN     "demo" BOOLEAN NOT NULL DEFAULT false;

-- So far every account of a training school, and of an authority without a real one, was a demo account.
UPDATE "user_account" AS u SET "demo" = true
WHERE u.password_hash IS NOT NULL
  AND (EXISTS (SELECT 1 FROM "school" AS s WHERE s.id = u.school_id AND s.training)
    OR EXISTS (SELECT 1 FROM "school" AS s WHERE s.authority_id = u.authority_id)
   AND NOT EXISTS (SELECT 1 FROM "school" AS s WHERE s.authority_id = u.authority_id AND NOT s.training));
