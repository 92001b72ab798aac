-- AlterTable
ALTER TABLE "authority" ADD COLUMN     "irregular_days" INTEGER DEFAULT 10;

-- CreateTable
CREATE TABLE "return_made" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "of" TEXT NOT NULL,
    "known_on" DATE,
    "figures" JSONB NOT NULL,
    "named" INTEGER NOT NULL,
    "note" TEXT,
    "made_by" TEXT NOT NULL,
    "made_on" DATE NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "return_made_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "return_made_school_id_made_at_idx" ON "return_made"("school_id", "made_at" DESC);

-- AddForeignKey
ALTER TABLE "return_made" ADD CONSTRAINT "return_made_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
