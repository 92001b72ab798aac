-- AlterTable
ALTER TABLE "policy_proof" ADD COLUMN     "made_by" TEXT;

-- AlterTable
ALTER TABLE "authority_profile" ADD COLUMN     "by_user" TEXT;

-- CreateTable
CREATE TABLE "policy_followed" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "was" TEXT NOT NULL,
    "pack_id" TEXT NOT NULL,
    "on_day" DATE NOT NULL,
    "by_user" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_followed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "policy_followed_school_id_at_idx" ON "policy_followed"("school_id", "at");

-- AddForeignKey
ALTER TABLE "policy_followed" ADD CONSTRAINT "policy_followed_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A simulation goes on at the authority now: those that have ended are run again, so that their reports tell of it.
UPDATE "simulation" SET "status" = 'waiting', "report" = NULL, "done" = 0, "of" = 0, "finished_at" = NULL WHERE "status" = 'done';
