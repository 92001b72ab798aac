-- CreateTable
CREATE TABLE "session_times" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "morning_from" TEXT NOT NULL,
    "morning_to" TEXT NOT NULL,
    "afternoon_from" TEXT NOT NULL,
    "afternoon_to" TEXT NOT NULL,
    "register_minutes" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "by_user" TEXT,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_times_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "session_times_school_id_from_day_idx" ON "session_times"("school_id", "from_day");

-- AddForeignKey
ALTER TABLE "session_times" ADD CONSTRAINT "session_times_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
