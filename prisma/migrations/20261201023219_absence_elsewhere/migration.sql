-- CreateTable
CREATE TABLE "absence_elsewhere" (
    "id" UUID NOT NULL,
    "pupil_id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "sessions" TEXT[],
    "source" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "taken_back_by" TEXT,
    "taken_back_role" TEXT,
    "taken_back_why" TEXT,
    "taken_back_at" TIMESTAMPTZ(3),

    CONSTRAINT "absence_elsewhere_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "absence_elsewhere_pupil_id_idx" ON "absence_elsewhere"("pupil_id");
