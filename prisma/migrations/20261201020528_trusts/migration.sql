-- AlterTable
ALTER TABLE "school" ADD COLUMN     "trust_id" TEXT;

-- CreateTable
CREATE TABLE "trust" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "trust_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "school" ADD CONSTRAINT "school_trust_id_fkey" FOREIGN KEY ("trust_id") REFERENCES "trust"("id") ON DELETE SET NULL ON UPDATE CASCADE;
