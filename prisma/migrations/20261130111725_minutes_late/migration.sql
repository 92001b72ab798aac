-- AlterTable
ALTER TABLE "mark" ADD COLUMN     "minutes_late" SMALLINT;

-- AlterTable
ALTER TABLE "staged_mark" ADD COLUMN     "minutes_late" SMALLINT;
