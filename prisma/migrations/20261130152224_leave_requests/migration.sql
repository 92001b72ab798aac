-- CreateTable
CREATE TABLE "leave_request" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "pupil_id" UUID NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "received_on" DATE NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "granted" BOOLEAN,
    "decided_by" TEXT,
    "decided_on" DATE,
    "decided_why" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "leave_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "leave_request_school_id_from_day_idx" ON "leave_request"("school_id", "from_day");

-- CreateIndex
CREATE INDEX "leave_request_pupil_id_idx" ON "leave_request"("pupil_id");

-- AddForeignKey
ALTER TABLE "leave_request" ADD CONSTRAINT "leave_request_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leave_request" ADD CONSTRAINT "leave_request_pupil_id_fkey" FOREIGN KEY ("pupil_id") REFERENCES "pupil"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
