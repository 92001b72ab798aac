-- DropIndex
DROP INDEX "staff_reminder_user_id_kind_on_day_key";

-- AlterTable
ALTER TABLE "policy_duty_done" DROP CONSTRAINT "policy_duty_done_pkey",
ADD COLUMN     "mistaken_at" TIMESTAMPTZ(3),
ADD COLUMN     "mistaken_by" TEXT,
ADD COLUMN     "mistaken_on" DATE,
ADD COLUMN     "mistaken_why" TEXT,
ADD COLUMN     "nth" INTEGER NOT NULL DEFAULT 0,
ADD CONSTRAINT "policy_duty_done_pkey" PRIMARY KEY ("school_id", "duty_id", "due", "nth");

-- AlterTable
ALTER TABLE "staff_reminder" ADD COLUMN     "at_time" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE UNIQUE INDEX "staff_reminder_user_id_kind_on_day_at_time_key" ON "staff_reminder"("user_id", "kind", "on_day", "at_time");
