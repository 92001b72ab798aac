-- CreateTable
CREATE TABLE "arrived_file" (
    "import_id" UUID NOT NULL,
    "aim" TEXT NOT NULL,
    "layout" TEXT,
    "bytes" INTEGER NOT NULL,

    CONSTRAINT "arrived_file_pkey" PRIMARY KEY ("import_id")
);

-- CreateTable
CREATE TABLE "arrived_file_part" (
    "import_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "arrived_file_part_pkey" PRIMARY KEY ("import_id","n")
);

-- AddForeignKey
ALTER TABLE "arrived_file" ADD CONSTRAINT "arrived_file_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "register_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "arrived_file_part" ADD CONSTRAINT "arrived_file_part_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "arrived_file"("import_id") ON DELETE CASCADE ON UPDATE CASCADE;
