-- AlterTable
ALTER TABLE "register_import" ADD COLUMN     "how" JSONB;
