-- CreateTable
CREATE TABLE "policy_proof" (
    "pack_id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "heard_at" TIMESTAMPTZ(3),
    "why" TEXT,
    "proof" JSONB,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "policy_proof_pkey" PRIMARY KEY ("pack_id","version")
);

-- CreateTable
CREATE TABLE "policy_duty_done" (
    "school_id" TEXT NOT NULL,
    "duty_id" TEXT NOT NULL,
    "due" DATE NOT NULL,
    "asked" JSONB NOT NULL,
    "by_user" TEXT NOT NULL,
    "done_on" DATE NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_duty_done_pkey" PRIMARY KEY ("school_id","duty_id","due")
);

-- CreateIndex
CREATE INDEX "policy_proof_status_asked_at_idx" ON "policy_proof"("status", "asked_at");

-- AddForeignKey
ALTER TABLE "policy_duty_done" ADD CONSTRAINT "policy_duty_done_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
