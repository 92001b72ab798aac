-- AlterTable
ALTER TABLE "register_import" ADD COLUMN     "cases_taken_up" INTEGER NOT NULL DEFAULT 0;
