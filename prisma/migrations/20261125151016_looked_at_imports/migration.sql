-- What lies here was left by an import that was cut off: nothing of it is in the register.
DELETE FROM "staged_mark";
DELETE FROM "staged_row";

-- AlterTable
ALTER TABLE "register_import" ADD COLUMN     "doing" TEXT,
ADD COLUMN     "effects" JSONB,
ADD COLUMN     "rejected" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "staged_mark" DROP CONSTRAINT "staged_mark_pkey",
ADD COLUMN     "n" INTEGER NOT NULL,
ADD CONSTRAINT "staged_mark_pkey" PRIMARY KEY ("import_id", "n");

-- AlterTable
ALTER TABLE "staged_row" DROP CONSTRAINT "staged_row_pkey",
ADD COLUMN     "n" INTEGER NOT NULL,
ADD CONSTRAINT "staged_row_pkey" PRIMARY KEY ("import_id", "n");

-- CreateTable
CREATE TABLE "rejected_row" (
    "import_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "wrongs" JSONB NOT NULL,

    CONSTRAINT "rejected_row_pkey" PRIMARY KEY ("import_id","n")
);

-- AddForeignKey
ALTER TABLE "rejected_row" ADD CONSTRAINT "rejected_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "register_import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
