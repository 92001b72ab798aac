-- What is kept so far holds for every referral that there is.
ALTER TABLE "authority_profile" DROP CONSTRAINT "authority_profile_pkey",
ADD COLUMN     "id" UUID NOT NULL DEFAULT gen_random_uuid(),
ADD COLUMN     "in_force_from" DATE NOT NULL DEFAULT '1900-01-01',
ADD CONSTRAINT "authority_profile_pkey" PRIMARY KEY ("id");

ALTER TABLE "authority_profile" ALTER COLUMN "id" DROP DEFAULT, ALTER COLUMN "in_force_from" DROP DEFAULT;

-- CreateIndex
CREATE INDEX "authority_profile_authority_id_in_force_from_idx" ON "authority_profile"("authority_id", "in_force_from");
