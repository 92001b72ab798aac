-- AlterTable
ALTER TABLE "ledger_event" ADD COLUMN     "for_user" TEXT;

-- CreateTable
CREATE TABLE "delegation" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "of_user" TEXT NOT NULL,
    "to_user" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "until_day" DATE NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "delegation_of_user_idx" ON "delegation"("of_user");

-- CreateIndex
CREATE INDEX "delegation_to_user_idx" ON "delegation"("to_user");

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_of_user_fkey" FOREIGN KEY ("of_user") REFERENCES "user_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_to_user_fkey" FOREIGN KEY ("to_user") REFERENCES "user_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
