-- AlterTable
ALTER TABLE "policy_pack" ADD COLUMN     "by_school" TEXT;
