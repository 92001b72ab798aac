-- AlterTable
ALTER TABLE "policy_proof" ADD COLUMN     "rules" TEXT;
