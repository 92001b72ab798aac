import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import pino from 'pino';
import { matterActivities } from '../../activities/matter/activities.ts';
import { correctMark } from '../../activities/register/correct-mark.ts';
import { importMarks } from '../../activities/register/import-marks.ts';
import type { RawRow } from '../../activities/register/raw-row.ts';
import { setUpSchool } from '../../activities/school/set-up-school.ts';
import { mattersThrough } from '../../api/engine/matters.ts';
import { casesOpener } from '../../bin/cases-opener.ts';
import type { Config } from '../../bin/config.ts';
import { type EngineSettings, engineClient } from '../../bin/engine/engine.ts';
import { verify } from '../../bin/verify.ts';
import { startWorker } from '../../bin/worker-process.ts';
import type { Day } from '../../policy/calendar/day.ts';
import type { Period } from '../../policy/calendar/period.ts';
import { schoolCalendar, schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import type { Decision } from '../../policy/case/decision.ts';
import type { Role } from '../../policy/people/roles.ts';
import type { Span } from '../../policy/register/mark.ts';
import type { SchoolPlan } from '../../policy/school/school-plan.ts';
import { staff, trainingPlan, trainingSchool } from '../../policy/training/staff.ts';
import { registerBegins, periods as trainingPeriods } from '../../policy/training/timetable.ts';
import { connect } from '../../prisma/client.ts';
import { columnOf, columnOrNull, dayOf } from '../../prisma/day-column.ts';
import { keepPack } from '../../prisma/packs.ts';
import { standing } from '../../workflows/messages.ts';
import { aMailServer } from './mail-server.ts';
import { testKey } from './replay.ts';
import { aDatabase, aNamespace } from './servers.ts';
import { until } from './until.ts';

export { until };

type Absences = Record<string, string>;
type Asked = { what: string; template?: string };

type Wanted = {
  today: Day;
  pupils: Record<string, Absences>;
  /** What the school knows of some of the pupils. */
  flags?: Record<string, string[]>;
  /** What the register of a day says otherwise of days before it: it comes in with that day's own marks. */
  corrected?: Record<Day, Record<string, Absences>>;
  /** Times of settling in. */
  settlingIn?: Record<string, Span>;
  /** The policy pack that its cases begin under, by its id; else Gloucestershire's. */
  packId?: string;
  /** Servers of the test's own, which it may stop and start; else those of the run. */
  databaseUrl?: string;
  engine?: Partial<EngineSettings>;
  /** No worker in this process: the test runs one when and how it needs it. */
  workerless?: boolean;
  /** A real school, by this clock (epoch ms) and calendar; else a training school on its stepped clock. */
  real?: { now: () => number; periods: readonly Period[] };
};

const ofTheRun = () => {
  const { address, namespace } = aNamespace();
  return { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
};

/** A small school on the real database, engine and mail server. Everyone is present but as told. */
export async function aSchool(wanted: Wanted) {
  const { today, pupils, packId = 'gloucestershire', databaseUrl, engine: given, workerless = false, real } = wanted;
  const { corrected = {} } = wanted;
  const { now, periods } = real ?? { now: Date.now, periods: trainingPeriods };
  const calendar = schoolCalendar(periods);
  const begins = real ? (calendar.days[0] ?? today) : registerBegins;
  const mail = await aMailServer();
  const config = {
    DATABASE_URL: databaseUrl ?? (await aDatabase()),
    ...(given ?? ofTheRun()),
    PAYLOAD_KEY: testKey,
    SMTP_URL: real ? mail.url : 'smtp://127.0.0.1:9',
    MAIL_CATCHER_URL: mail.url,
    MAIL_FROM: 'attendance@oakbridge.example',
    BASE_URL: 'http://127.0.0.1',
  } as unknown as Config;
  const log = pino({ level: 'silent' });
  const db = connect(config.DATABASE_URL);
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 3 });
  pool.on('error', () => undefined);
  const engine = await engineClient(config);
  const matters = mattersThrough({ ...engine, db, now, advanceClosed: matterActivities({ db, now }).advance });
  const place = real ? { practice: null, recallMinutes: null } : { practice: { today, demo: false, seed: 1 }, recallMinutes: 30 };
  const ids = await people(db, Object.keys(pupils), { ...trainingPlan, ...place, packId, periods: [...periods] }, begins, wanted);
  const importing = { db, pool, openCases: casesOpener(now) };

  const register = async (_db: unknown, _school: unknown, on: Day) => ({
    fileName: `${on}.csv`,
    rows: [...correctionsOf(pupils, corrected[on] ?? {}), ...rowsOf(pupils, [on])].map((row, i) => ({ ...row, row: i + 2 })),
  });
  const start = () => startWorker(config, log, { register, now });
  let worker = workerless ? undefined : await start();

  /** Feeds the register of some days as one file, as an attendance officer would. */
  const feed = (days: readonly Day[], on: Day, name: string = randomUUID()) =>
    importMarks(importing, {
      schoolId: trainingSchool.id,
      rows: rowsOf(pupils, days),
      fileName: name,
      sha256: name,
      by: null,
      on,
    });
  await feed(schoolDaysBetween(calendar, begins, today), today);

  const self = {
    db,
    mail,
    matters,
    engine,
    config,
    pupils,
    importing,
    feed,
    /** Corrects both marks of a pupil's day, as their page does. */
    async correct(pupil: string, on: Day, codes: { AM: string; PM: string }, reason = 'The register was wrong') {
      const { today: date } = await db.school.findUniqueOrThrow({ where: { id: trainingSchool.id } });
      const mark = { pupilId: ids.get(pupil) ?? '', on, reason, by: 'officer', today: date ? dayOf(date) : today };
      for (const session of ['AM', 'PM'] as const) await correctMark(importing, { ...mark, session, code: codes[session] });
    },
    idOf: (pupil: string) => ids.get(pupil) ?? '',
    /** The running case of a pupil, or else the newest closed one. */
    caseOf: (pupil: string) =>
      db.attendanceCase.findFirstOrThrow({
        where: { pupilId: ids.get(pupil) ?? '' },
        orderBy: [{ status: 'desc' }, { openedOn: 'desc' }],
      }),
    proposals: async (pupil: string) =>
      (await db.proposal.findMany({ where: { pupilId: ids.get(pupil) ?? '', status: 'open' } })).map(
        (row) => row.body as unknown as { key: string; version: number; step: number | null; action: Asked },
      ),
    /** What is open under this name: of two, that of the ladder and not of a rule beside it. */
    async asked(pupil: string, what: string) {
      const found = (await self.proposals(pupil)).filter(({ action }) => (action.template ?? action.what) === what);
      const one = found.find(({ step }) => step !== null) ?? found[0];
      if (!one) throw new Error(`Nothing proposes "${what}" for ${pupil}`);
      return one;
    },
    /** Says a person's decision to the newest open proposal of a kind. `key` names it; the same key again is the same decision. */
    async decide(
      pupil: string,
      what: string,
      decision: Decision,
      { as = 'sal', key = randomUUID() as string, version }: { as?: Role; key?: string; version?: number } = {},
    ) {
      const found = await self.asked(pupil, what);
      const { id } = await self.caseOf(pupil);
      const by = { id: staff.find(({ role }) => role === as)?.id ?? '', role: as };
      const input = { key, kind: 'decision', by, proposal: found.key, version: version ?? found.version, decision } as const;
      return matters.decide({ kind: 'case', matterId: id, input });
    },
    /** Walks the school's clock, as the training page does, and waits until all is done. */
    async stepTo(to: Day) {
      const school = await db.school.findUniqueOrThrow({ where: { id: trainingSchool.id } });
      const from = school.today as Date;
      const stepId = randomUUID();
      await db.clockStep.create({
        data: { id: stepId, schoolId: school.id, fromDay: from, toDay: columnOf(to), reached: from, doing: '' },
      });
      await matters.walkClock({ schoolId: school.id, stepId });
      await until(async () => (await db.clockStep.findUniqueOrThrow({ where: { id: stepId } })).doneAt !== null);
      return dayOf((await db.school.findUniqueOrThrow({ where: { id: school.id } })).today as Date);
    },
    /** Whom mail has reached among the families; staff get reminders, which are not letters. */
    familiesReached: () => mail.received.flatMap(({ to }) => (to.endsWith('@families.example') ? [to] : [])).sort(),
    lettersOf: async (pupil: string) => db.letter.findMany({ where: { pupilId: ids.get(pupil) ?? '' }, orderBy: { id: 'asc' } }),
    /** Ends the recall window of a pupil's letters, as a training school's clock does in the evening. */
    async release(pupil: string) {
      const rows = (await self.lettersOf(pupil)).map(({ id, schoolId }) => ({ schoolId, matterId: id }));
      const told = { matterKind: 'letter', kind: 'tell', input: { key: `release:${randomUUID()}` } };
      await db.outbox.createMany({ data: rows.map((row) => ({ ...row, ...told })) });
    },
    /** What `firstbell verify` finds wrong with any case of the school. */
    async wrongs() {
      const ask = async (workflowId: string) =>
        (await engine.client.workflow.getHandle(workflowId).query(standing))?.stateHash ?? null;
      const cases = await db.attendanceCase.findMany();
      const findings = await Promise.all(cases.map(({ id }) => verify(db, id, ask)));
      return findings.flat().filter(({ right }) => !right);
    },
    async stopWorker() {
      await worker?.stop();
      worker = undefined;
    },
    async startWorker() {
      worker = await start();
    },
    async end() {
      await worker?.stop();
      await Promise.all([db.$disconnect(), pool.end(), engine.connection.close(), mail.stop()]);
    },
  };
  return self;
}

function rowsOf(pupils: Record<string, Absences>, days: readonly Day[]): RawRow[] {
  const cells = days.flatMap((date) =>
    Object.entries(pupils).flatMap(([no, absent]) =>
      (['AM', 'PM'] as const).map((session) => ({
        admission_no: no,
        date,
        session,
        code: absent[`${date} ${session}`] ?? absent[date] ?? (session === 'AM' ? '/' : '\\'),
        reason: '',
      })),
    ),
  );
  return cells.map((one, i) => ({ row: i + 2, cells: one }));
}

/** The whole days of which a session is said otherwise. */
const correctionsOf = (pupils: Record<string, Absences>, corrected: Record<string, Absences>): RawRow[] =>
  Object.entries(corrected).flatMap(([no, said]) =>
    rowsOf({ [no]: { ...pupils[no], ...said } }, [...new Set(Object.keys(said).map((when) => when.slice(0, 10)))]),
  );

async function people(
  db: ReturnType<typeof connect>,
  names: string[],
  plan: SchoolPlan,
  begins: Day,
  { flags = {}, settlingIn = {} }: Pick<Wanted, 'flags' | 'settlingIn'>,
): Promise<Map<string, string>> {
  const file = `${plan.packId}.yaml`;
  await keepPack(db, readFileSync(new URL(`../../policy/packs/${file}`, import.meta.url), 'utf8'), file);
  await setUpSchool(db, plan);
  const ids = new Map<string, string>();
  for (const [i, no] of names.entries()) {
    const pupil = await db.pupil.create({
      data: {
        schoolId: trainingSchool.id,
        admissionNo: no,
        upn: `A8854001260${String(i).padStart(2, '0')}`,
        legalName: `${no} Testing`,
        chosenName: `${no} Testing`,
        born: columnOf('2013-01-15'),
        yearGroup: 9,
        className: '9A',
        flags: flags[no] ?? [],
        integrationFrom: columnOrNull(settlingIn[no]?.from ?? null),
        integrationUntil: columnOrNull(settlingIn[no]?.to ?? null),
        onRollFrom: columnOf(begins),
        contacts: { create: [1, 2].map((n) => parent(no, n)) },
      },
    });
    ids.set(no, pupil.id);
  }
  return ids;
}

const parent = (no: string, n: number) => ({
  relationship: n === 1 ? 'Mother' : 'Father',
  parentalResponsibility: true,
  livesWith: n === 1,
  priority: n,
  contact: {
    create: {
      schoolId: trainingSchool.id,
      contactNo: `${no}-${n}`,
      fullName: `Parent ${n} of ${no}`,
      email: `${no}.${n}@families.example`.toLowerCase(),
      address: ['1 Kiln Row', 'Oakbridge'],
      postcode: 'OK1 1AA',
    },
  },
});
