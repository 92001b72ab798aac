-- CreateTable
CREATE TABLE "staff_reminder" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "school_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "on_day" DATE NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "status_why" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_reminder_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "staff_reminder_user_id_kind_on_day_key" ON "staff_reminder"("user_id", "kind", "on_day");

-- AddForeignKey
ALTER TABLE "staff_reminder" ADD CONSTRAINT "staff_reminder_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
