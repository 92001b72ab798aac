-- CreateTable
CREATE TABLE "notice_elsewhere" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "pupil_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "issued_on" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "taken_back_by" TEXT,
    "taken_back_role" TEXT,
    "taken_back_why" TEXT,
    "taken_back_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_elsewhere_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notice_elsewhere_pupil_id_idx" ON "notice_elsewhere"("pupil_id");

-- CreateIndex
CREATE INDEX "pupil_upn_idx" ON "pupil"("upn");
