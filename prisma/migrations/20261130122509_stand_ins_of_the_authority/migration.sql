-- AlterTable
ALTER TABLE "delegation" ADD COLUMN     "authority_id" TEXT,
ALTER COLUMN "school_id" DROP NOT NULL;
