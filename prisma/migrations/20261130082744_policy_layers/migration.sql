-- AlterTable
ALTER TABLE "policy_pack" ADD COLUMN     "base_id" TEXT,
ADD COLUMN     "base_version" TEXT,
ADD COLUMN     "in_force_from" DATE NOT NULL DEFAULT '1900-01-01 00:00:00 +00:00',
ADD COLUMN     "in_force_to" DATE;

-- CreateTable
CREATE TABLE "authority_profile" (
    "authority_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "authority_profile_pkey" PRIMARY KEY ("authority_id")
);
