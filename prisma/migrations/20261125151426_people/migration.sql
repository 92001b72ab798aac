-- AlterTable
ALTER TABLE "pupil" ADD COLUMN     "dual_registration" TEXT,
ADD COLUMN     "integration_from" DATE,
ADD COLUMN     "integration_until" DATE,
ADD COLUMN     "other_school" TEXT,
ADD COLUMN     "part_time_from" DATE,
ADD COLUMN     "part_time_review" DATE,
ADD COLUMN     "part_time_until" DATE;

-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "address_safe" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "channel" TEXT;

-- AlterTable
ALTER TABLE "pupil_contact" ADD COLUMN     "restriction_review" DATE,
ADD COLUMN     "restriction_reviewer" TEXT;

-- CreateTable
CREATE TABLE "same_person" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "first_id" UUID NOT NULL,
    "second_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "by_user" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "same_person_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "same_person_first_id_idx" ON "same_person"("first_id");

-- CreateIndex
CREATE INDEX "same_person_second_id_idx" ON "same_person"("second_id");

-- CreateIndex
CREATE INDEX "same_person_school_id_kind_idx" ON "same_person"("school_id", "kind");

-- AddForeignKey
ALTER TABLE "same_person" ADD CONSTRAINT "same_person_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Of two contacts or pupils one thing is said at a time.
CREATE UNIQUE INDEX "same_person_said" ON "same_person"("first_id", "second_id") WHERE "until" IS NULL;
