-- CreateTable
CREATE TABLE "enclosure" (
    "sha256" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "pdf" BYTEA NOT NULL,

    CONSTRAINT "enclosure_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "letter_enclosure" (
    "letter_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "letter_enclosure_pkey" PRIMARY KEY ("letter_id","number")
);

-- AddForeignKey
ALTER TABLE "letter_enclosure" ADD CONSTRAINT "letter_enclosure_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter_enclosure" ADD CONSTRAINT "letter_enclosure_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "enclosure"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
