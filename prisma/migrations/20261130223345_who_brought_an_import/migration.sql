-- AlterTable
ALTER TABLE "register_import" ADD COLUMN     "by_name" TEXT,
ADD COLUMN     "by_role" TEXT,
ADD COLUMN     "reason" TEXT;
