-- CreateTable
CREATE TABLE "leave_decision" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "granted" BOOLEAN NOT NULL,
    "decided_by" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "decided_on" DATE NOT NULL,
    "why" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "taken_back_by" TEXT,
    "taken_back_role" TEXT,
    "taken_back_on" DATE,
    "taken_back_why" TEXT,
    "taken_back_at" TIMESTAMPTZ(3),

    CONSTRAINT "leave_decision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "leave_decision_request_id_idx" ON "leave_decision"("request_id");

-- Two people who decide at the same moment: the second finds it decided.
CREATE UNIQUE INDEX "one_leave_decision_stands" ON "leave_decision"("request_id") WHERE "taken_back_at" IS NULL;

-- AddForeignKey
ALTER TABLE "leave_decision" ADD CONSTRAINT "leave_decision_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "leave_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was decided before keeps who, when and why; the role is the one that they have now.
INSERT INTO "leave_decision" ("id", "request_id", "granted", "decided_by", "role", "decided_on", "why", "at")
SELECT gen_random_uuid(), r.id, r.granted, r.decided_by, coalesce(u.role, 'headteacher'), r.decided_on, r.decided_why, r.decided_at
FROM "leave_request" AS r LEFT JOIN "user_account" AS u ON u.id = r.decided_by WHERE r.granted IS NOT NULL;

-- AlterTable
ALTER TABLE "leave_request" DROP COLUMN "decided_at",
DROP COLUMN "decided_by",
DROP COLUMN "decided_on",
DROP COLUMN "decided_why",
DROP COLUMN "granted",
ADD COLUMN     "escalated_on" DATE,
ADD COLUMN     "reminded_on" DATE,
ADD COLUMN     "waits_since" DATE;

UPDATE "leave_request" SET "waits_since" = "received_on";
ALTER TABLE "leave_request" ALTER COLUMN "waits_since" SET NOT NULL;

-- Kept for six years as the register is (20261130090500_kept_six_years): marks of those days rest on it.
CREATE TRIGGER kept_six_years BEFORE DELETE ON "leave_request" FOR EACH ROW EXECUTE FUNCTION refuse_if_kept('recorded_at');
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON "leave_request" FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty('recorded_at');
CREATE TRIGGER kept_six_years BEFORE DELETE ON "leave_decision" FOR EACH ROW EXECUTE FUNCTION refuse_if_kept('at');
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON "leave_decision" FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_empty('at');
