-- AlterTable
ALTER TABLE "leave_decision" ADD COLUMN     "granted_from" DATE,
ADD COLUMN     "granted_to" DATE;
