-- AlterTable
ALTER TABLE "pupil" ADD COLUMN     "home_authority" TEXT;
