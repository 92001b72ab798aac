-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "authority" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT[],
    "phone" TEXT NOT NULL,
    "email" TEXT NOT NULL,

    CONSTRAINT "authority_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "school" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT[],
    "phone" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "authority_id" TEXT NOT NULL,
    "pack_id" TEXT NOT NULL,
    "training" BOOLEAN NOT NULL DEFAULT false,
    "today" DATE,
    "seed" INTEGER,
    "recall_minutes" INTEGER,

    CONSTRAINT "school_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_account" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "class_name" TEXT,
    "school_id" TEXT,
    "authority_id" TEXT,
    "password_hash" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "user_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "sid" TEXT NOT NULL,
    "sess" JSON NOT NULL,
    "expire" TIMESTAMP(6) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("sid")
);

-- CreateTable
CREATE TABLE "idempotent_reply" (
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER,
    "body" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotent_reply_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "calendar_period" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "calendar_period_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pupil" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "admission_no" TEXT NOT NULL,
    "upn" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "chosen_name" TEXT NOT NULL,
    "born" DATE NOT NULL,
    "year_group" INTEGER NOT NULL,
    "class_name" TEXT NOT NULL,
    "on_roll_from" DATE NOT NULL,
    "on_roll_to" DATE,
    "flags" TEXT[],

    CONSTRAINT "pupil_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "contact_no" TEXT NOT NULL,
    "title" TEXT,
    "full_name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "address" TEXT[],
    "postcode" TEXT,
    "language" TEXT NOT NULL DEFAULT 'en',

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pupil_contact" (
    "pupil_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "relationship" TEXT NOT NULL,
    "parental_responsibility" BOOLEAN NOT NULL,
    "lives_with" BOOLEAN NOT NULL,
    "permission" TEXT NOT NULL DEFAULT 'full',
    "priority" INTEGER NOT NULL DEFAULT 1,
    "restriction" TEXT,
    "restriction_from" DATE,
    "restriction_until" DATE,
    "restriction_document" TEXT,
    "restriction_read_by" TEXT,

    CONSTRAINT "pupil_contact_pkey" PRIMARY KEY ("pupil_id","contact_id")
);

-- CreateTable
CREATE TABLE "mark" (
    "pupil_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "session" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "known_from" TIMESTAMPTZ(3) NOT NULL,
    "known_until" TIMESTAMPTZ(3),
    "import_id" UUID NOT NULL,
    "reason" TEXT,

    CONSTRAINT "mark_pkey" PRIMARY KEY ("pupil_id","day","session","known_from")
);

-- CreateTable
CREATE TABLE "pupil_total" (
    "pupil_id" UUID NOT NULL,
    "school_year" TEXT NOT NULL,
    "possible" INTEGER NOT NULL,
    "attended" INTEGER NOT NULL,
    "authorised" INTEGER NOT NULL,
    "unauthorised" INTEGER NOT NULL,

    CONSTRAINT "pupil_total_pkey" PRIMARY KEY ("pupil_id","school_year")
);

-- CreateTable
CREATE TABLE "register_import" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "by_user" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "rows" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "cases_opened" INTEGER NOT NULL DEFAULT 0,
    "cases_told" INTEGER NOT NULL DEFAULT 0,
    "problems" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "register_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staged_mark" (
    "import_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "pupil_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "session" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "staged_mark_pkey" PRIMARY KEY ("import_id","row")
);

-- CreateTable
CREATE TABLE "staged_row" (
    "import_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "staged_row_pkey" PRIMARY KEY ("import_id","row")
);

-- CreateTable
CREATE TABLE "clock_step" (
    "id" TEXT NOT NULL,
    "school_id" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "reached" DATE NOT NULL,
    "doing" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),
    "failed" TEXT,

    CONSTRAINT "clock_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attendance_case" (
    "id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "pupil_id" UUID NOT NULL,
    "pack_id" TEXT NOT NULL,
    "pack_version" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "headline" TEXT NOT NULL,
    "opened_on" DATE NOT NULL,
    "closed_on" DATE,
    "next_on" DATE,
    "next_why" TEXT,
    "events" INTEGER NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "attendance_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "referral" (
    "id" UUID NOT NULL,
    "authority_id" TEXT NOT NULL,
    "school_id" TEXT NOT NULL,
    "case_id" UUID NOT NULL,
    "pupil_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "headline" TEXT NOT NULL,
    "made_on" DATE NOT NULL,
    "closed_on" DATE,
    "next_on" DATE,
    "next_why" TEXT,
    "events" INTEGER NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_event" (
    "matter_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "input_key" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "on_day" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_user" TEXT,
    "body" JSONB NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "ledger_event_pkey" PRIMARY KEY ("matter_id","seq")
);

-- CreateTable
CREATE TABLE "matter_input" (
    "matter_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "outcome" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "matter_input_pkey" PRIMARY KEY ("matter_id","key")
);

-- CreateTable
CREATE TABLE "proposal" (
    "id" TEXT NOT NULL,
    "matter_id" UUID NOT NULL,
    "matter_kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "school_id" TEXT NOT NULL,
    "authority_id" TEXT,
    "pupil_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "also_role" TEXT,
    "class_name" TEXT,
    "sentence" TEXT NOT NULL,
    "due_on" DATE,
    "status" TEXT NOT NULL,
    "made_on" DATE NOT NULL,
    "held_until" DATE,
    "body" JSONB NOT NULL,

    CONSTRAINT "proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "written_text" (
    "id" UUID NOT NULL,
    "by_user" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "written_text_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "school_id" TEXT NOT NULL,
    "matter_id" UUID NOT NULL,
    "matter_kind" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_pack" (
    "id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_pack_pkey" PRIMARY KEY ("id","version")
);

-- CreateTable
CREATE TABLE "letter" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "matter_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "school_id" TEXT NOT NULL,
    "pupil_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "status_why" TEXT,
    "channel" TEXT NOT NULL,
    "approved_by" TEXT NOT NULL,
    "approved_on" DATE NOT NULL,
    "release_at" TIMESTAMPTZ(3) NOT NULL,
    "fields" JSONB NOT NULL,
    "subject" TEXT,
    "text" TEXT,
    "html" TEXT,
    "pdf" BYTEA,
    "pdf_sha256" TEXT,
    "to_address" TEXT,
    "message_id" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "sent_on" DATE,
    "posted_by" TEXT,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter_attempt" (
    "letter_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "detail" TEXT,

    CONSTRAINT "letter_attempt_pkey" PRIMARY KEY ("letter_id","number")
);

-- CreateTable
CREATE TABLE "penalty_notice" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "pupil_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "issued_on" DATE NOT NULL,
    "served_on" DATE NOT NULL,
    "order" INTEGER NOT NULL,
    "discount_pence" INTEGER,
    "discount_until" DATE,
    "full_pence" INTEGER NOT NULL,
    "full_until" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "status_on" DATE NOT NULL,
    "sessions" TEXT[],

    CONSTRAINT "penalty_notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_account_email_key" ON "user_account"("email");

-- CreateIndex
CREATE INDEX "user_account_school_id_role_idx" ON "user_account"("school_id", "role");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_token_hash_key" ON "api_token"("token_hash");

-- CreateIndex
CREATE INDEX "session_expire_idx" ON "session"("expire");

-- CreateIndex
CREATE INDEX "calendar_period_school_id_idx" ON "calendar_period"("school_id");

-- CreateIndex
CREATE INDEX "pupil_school_id_class_name_idx" ON "pupil"("school_id", "class_name");

-- CreateIndex
CREATE UNIQUE INDEX "pupil_school_id_admission_no_key" ON "pupil"("school_id", "admission_no");

-- CreateIndex
CREATE UNIQUE INDEX "pupil_school_id_upn_key" ON "pupil"("school_id", "upn");

-- CreateIndex
CREATE UNIQUE INDEX "contact_school_id_contact_no_key" ON "contact"("school_id", "contact_no");

-- CreateIndex
CREATE INDEX "pupil_contact_contact_id_idx" ON "pupil_contact"("contact_id");

-- CreateIndex
CREATE INDEX "register_import_school_id_started_at_idx" ON "register_import"("school_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "clock_step_school_id_started_at_idx" ON "clock_step"("school_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "attendance_case_school_id_status_stage_idx" ON "attendance_case"("school_id", "status", "stage");

-- CreateIndex
CREATE INDEX "attendance_case_pupil_id_idx" ON "attendance_case"("pupil_id");

-- CreateIndex
CREATE INDEX "referral_authority_id_status_idx" ON "referral"("authority_id", "status");

-- CreateIndex
CREATE INDEX "referral_case_id_idx" ON "referral"("case_id");

-- CreateIndex
CREATE INDEX "ledger_event_matter_id_input_key_idx" ON "ledger_event"("matter_id", "input_key");

-- CreateIndex
CREATE INDEX "proposal_school_id_status_role_idx" ON "proposal"("school_id", "status", "role");

-- CreateIndex
CREATE INDEX "proposal_authority_id_status_role_idx" ON "proposal"("authority_id", "status", "role");

-- CreateIndex
CREATE INDEX "proposal_matter_id_idx" ON "proposal"("matter_id");

-- CreateIndex
CREATE INDEX "outbox_delivered_at_id_idx" ON "outbox"("delivered_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "letter_key_key" ON "letter"("key");

-- CreateIndex
CREATE UNIQUE INDEX "letter_message_id_key" ON "letter"("message_id");

-- CreateIndex
CREATE INDEX "letter_case_id_idx" ON "letter"("case_id");

-- CreateIndex
CREATE INDEX "letter_school_id_status_idx" ON "letter"("school_id", "status");

-- CreateIndex
CREATE INDEX "penalty_notice_pupil_id_contact_id_idx" ON "penalty_notice"("pupil_id", "contact_id");

-- AddForeignKey
ALTER TABLE "school" ADD CONSTRAINT "school_authority_id_fkey" FOREIGN KEY ("authority_id") REFERENCES "authority"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_account" ADD CONSTRAINT "user_account_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_account" ADD CONSTRAINT "user_account_authority_id_fkey" FOREIGN KEY ("authority_id") REFERENCES "authority"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_period" ADD CONSTRAINT "calendar_period_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pupil" ADD CONSTRAINT "pupil_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pupil_contact" ADD CONSTRAINT "pupil_contact_pupil_id_fkey" FOREIGN KEY ("pupil_id") REFERENCES "pupil"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pupil_contact" ADD CONSTRAINT "pupil_contact_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pupil_total" ADD CONSTRAINT "pupil_total_pupil_id_fkey" FOREIGN KEY ("pupil_id") REFERENCES "pupil"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "register_import" ADD CONSTRAINT "register_import_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance_case" ADD CONSTRAINT "attendance_case_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "school"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance_case" ADD CONSTRAINT "attendance_case_pupil_id_fkey" FOREIGN KEY ("pupil_id") REFERENCES "pupil"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "attendance_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "attendance_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter_attempt" ADD CONSTRAINT "letter_attempt_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say --------------------------------------------------------------------------

-- At most one open case a pupil, whatever races.
CREATE UNIQUE INDEX "one_open_case_a_pupil" ON "attendance_case"("pupil_id") WHERE "status" = 'open';

-- At most one mark believed now for a session.
CREATE UNIQUE INDEX "one_mark_believed" ON "mark"("pupil_id", "day", "session") WHERE "known_until" IS NULL;

-- The outbox is looked at often and holds few rows that wait.
CREATE INDEX "outbox_waiting" ON "outbox"("id") WHERE "delivered_at" IS NULL;

-- Rows on their way in are thrown away anyway: a crash may empty these tables.
ALTER TABLE "staged_mark" SET UNLOGGED;
ALTER TABLE "staged_row" SET UNLOGGED;
