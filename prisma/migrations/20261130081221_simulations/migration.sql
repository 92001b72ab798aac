-- CreateTable
CREATE TABLE "simulation" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "by_user" TEXT NOT NULL,
    "asked" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "done" INTEGER NOT NULL DEFAULT 0,
    "of" INTEGER NOT NULL DEFAULT 0,
    "heard_at" TIMESTAMPTZ(3),
    "why" TEXT,
    "report" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "simulation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "simulation_school_id_started_at_idx" ON "simulation"("school_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "simulation_status_started_at_idx" ON "simulation"("status", "started_at");

-- AddForeignKey
ALTER TABLE "simulation" ADD CONSTRAINT "simulation_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
