-- CreateTable
CREATE TABLE "changed_row" (
    "import_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    "pupil_id" UUID NOT NULL,
    "day" DATE,
    "session" TEXT,
    "contact" TEXT,
    "changes" JSONB NOT NULL,

    CONSTRAINT "changed_row_pkey" PRIMARY KEY ("import_id","n")
);
-- Nothing here is kept: see staged_row.
ALTER TABLE "changed_row" SET UNLOGGED;
