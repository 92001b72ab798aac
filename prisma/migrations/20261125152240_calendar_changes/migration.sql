-- AlterTable
ALTER TABLE "calendar_period" ADD COLUMN     "classes" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "part" TEXT,
ADD COLUMN     "year_groups" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- CreateTable
CREATE TABLE "calendar_change" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "file_name" TEXT,
    "reason" TEXT NOT NULL,
    "added" JSONB NOT NULL,
    "removed" JSONB NOT NULL,
    "rows" JSONB NOT NULL DEFAULT '[]',
    "by_user" TEXT,
    "shown_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "made_by" TEXT,
    "made_at" TIMESTAMPTZ(3),
    "told" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "calendar_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "calendar_change_school_id_made_at_idx" ON "calendar_change"("school_id", "made_at" DESC);

-- AddForeignKey
ALTER TABLE "calendar_change" ADD CONSTRAINT "calendar_change_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
