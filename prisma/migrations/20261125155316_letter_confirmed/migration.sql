-- AlterTable
ALTER TABLE "letter" ADD COLUMN     "confirmed_by" TEXT;
