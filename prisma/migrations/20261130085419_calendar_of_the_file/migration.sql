-- AlterTable
ALTER TABLE "school" ADD COLUMN     "periods_of_file" JSONB;
