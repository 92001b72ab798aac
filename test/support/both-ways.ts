import { readFileSync } from 'node:fs';
import { addDays, type Day } from '../../policy/calendar/day.ts';
import { schoolCalendar, schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import type { Decision } from '../../policy/case/decision.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { hasFailed } from '../../policy/case/letter-standing.ts';
import { choices, type Proposal } from '../../policy/case/proposal.ts';
import { readPack } from '../../policy/pack/read.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { Mark, Span } from '../../policy/register/mark.ts';
import { agreed, answeredOn, type People } from '../../policy/simulate/people.ts';
import type { SimulatedPupil } from '../../policy/simulate/pupil.ts';
import { atSchool, storyOf } from '../../policy/simulate/story.ts';
import { staff } from '../../policy/training/staff.ts';
import { periods, registerBegins } from '../../policy/training/timetable.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { letterCameBack } from '../../prisma/letters.ts';
import { packFile } from './packs.ts';
import { aSchool, until } from './school.ts';
import { textId } from './told-referral.ts';

/** A pupil of the training school, who is present but as said, and what the people about the pupil do. */
export type Life = {
  /** Codes of days, or of half days: "2026-09-14", "2026-09-14 AM". */
  absent?: Record<string, string>;
  /** What the register of a day says otherwise of days before it. */
  corrected?: { on: Day; says: Record<string, string> };
  flags?: string[];
  settlingIn?: Span;
  /** What they say and when; else everybody agrees on the same day. */
  says?: People;
  /** Of which of the two parents letters come back on the day they go. */
  comesBackFrom?: readonly (1 | 2)[];
};

type School = Awaited<ReturnType<typeof aSchool>>;

/** The calendar of both, and its days of the register. */
export const calendar = schoolCalendar(periods);
const everybodyAgrees: People = (proposal, cal, on) => ({ after: 0, decision: agreed(proposal, cal, on) });

/** A pupil's marks up to a day, but for these. */
export const marksOf = (absent: Record<string, string>, lastDay: Day): Mark[] =>
  schoolDaysBetween(calendar, registerBegins, lastDay).flatMap((on) =>
    (['AM', 'PM'] as const).map((session) => ({
      ...{ on, session },
      code: absent[`${on} ${session}`] ?? absent[on] ?? (session === 'AM' ? '/' : '\\'),
    })),
  );

/** The pupil as the simulator has it, with two parents as the school has them. */
export function simulatedPupil(
  id: string,
  { absent = {}, corrected, flags = [], settlingIn }: Life,
  lastDay: Day,
): SimulatedPupil {
  const marks = marksOf(absent, lastDay);
  const later = corrected && marksOf({ ...absent, ...corrected.says }, lastDay);
  const reached = { may: true, because: null, channel: 'email' as const, postable: true };
  const recipients = [1, 2].map((n) => ({ contactId: String(n), ...reached }));
  return {
    ...{ id, onRollFrom: registerBegins, onRollTo: null, flags, born: '2013-01-15', yearGroup: 9, recipients },
    ...(settlingIn && { settlingIn: [settlingIn] }),
    marksOn: (day) => (later && corrected && day >= corrected.on ? later : marks),
  };
}

/** What only one of the two has: ids, and what people write. */
const ids: ReadonlySet<string> = new Set([
  'words',
  'textId',
  'letterId',
  'contactId',
  'referralId',
  'question',
  'notBy',
  'notFor',
]);
const listsIds: ReadonlySet<string> = new Set(['letters', 'mayWrite']);

/** An event on its day, all of it but that; of how letters ended only what failed: the mail server says the rest at its own time. */
export function told(on: Day, event: CaseEvent): object[] {
  if (event.type === 'letter outcome' && !hasFailed(event.outcome)) return [];
  const without = (name: string, value: unknown): unknown => {
    if (ids.has(name)) return undefined;
    return listsIds.has(name) && Array.isArray(value) && typeof value[0] === 'string' ? value.length : value;
  };
  return [JSON.parse(JSON.stringify({ on, ...event }, without)) as object];
}

/** On a busy machine a decision may come too late to be taken: a person says it again, as they are asked to. */
export async function saidUntilTaken(say: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await say();
      return;
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'Unavailable')) throw error;
    }
  }
}

type Wanted = { packId: string; lives: Record<string, Life>; today: Day; lastDay: Day };

/**
 * Lets pupils live through some days of a training school, on the real engine, and through the simulator.
 * `both` tells what happened to each pupil by either of them; `end` closes the school.
 */
export async function bothWays({ packId, lives, today, lastDay }: Wanted) {
  const names = Object.keys(lives);
  const school = await aSchool({
    ...{ today, packId },
    pupils: Object.fromEntries(names.map((name) => [name, lives[name]?.absent ?? {}])),
    flags: Object.fromEntries(names.map((name) => [name, lives[name]?.flags ?? []])),
    settlingIn: Object.fromEntries(names.flatMap((name) => (lives[name]?.settlingIn ? [[name, lives[name].settlingIn]] : []))),
    corrected: correctionsBy(lives),
  });
  await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'As is assumed' } } });
  const pack = readPack(readFileSync(packFile(packId), 'utf8'), packId);
  return {
    school,
    async walk(): Promise<void> {
      for (let day = today; day <= lastDay; day = addDays(day, 1)) {
        if (!calendar.days.includes(day)) continue;
        if (day > today) await school.stepTo(day);
        // A few at once: a busy machine answers late otherwise.
        for (let i = 0; i < names.length; i += 4)
          await Promise.all(names.slice(i, i + 4).map((name) => everybodyAnswers(school, name, lives[name] ?? {}, day)));
      }
    },
    async both(name: string): Promise<{ really: object[]; simulated: object[] }> {
      const life = lives[name] ?? {};
      const post: Parameters<typeof storyOf>[1]['post'] = ({ contactId }) =>
        comesBack(life, Number(contactId)) ? ['sent', 'bounced'] : ['sent'];
      const people = life.says ?? everybodyAgrees;
      const story = storyOf(simulatedPupil(name, life, lastDay), { pack, calendar, people, post, from: today, until: lastDay });
      return { really: await ledgersOf(school, name), simulated: atSchool(story).flatMap(({ on, event }) => told(on, event)) };
    },
    end: () => school.end(),
  };
}

const comesBack = ({ comesBackFrom = [] }: Life, parent: number): boolean => comesBackFrom.some((one) => one === parent);

function correctionsBy(lives: Record<string, Life>): Record<Day, Record<string, Record<string, string>>> {
  const by: Record<Day, Record<string, Record<string, string>>> = {};
  for (const [name, { corrected }] of Object.entries(lives))
    if (corrected) by[corrected.on] = { ...by[corrected.on], [name]: corrected.says };
  return by;
}

/** All that is on record of a pupil's cases, the first of them first. */
async function ledgersOf(school: School, name: string): Promise<object[]> {
  const cases = await school.db.attendanceCase.findMany({ where: { pupilId: school.idOf(name) }, orderBy: { openedOn: 'asc' } });
  const rows = await Promise.all(
    cases.map(({ id: matterId }) => school.db.ledgerEvent.findMany({ where: { matterId }, orderBy: { seq: 'asc' } })),
  );
  return rows.flat().flatMap((row) => told(dayOf(row.onDay), { type: row.type, ...(row.body as object) } as CaseEvent));
}

/** Lets everybody answer whose time has come, one at a time, until nobody has more to say. Who is refused is asked on another day. */
async function everybodyAnswers(school: School, name: string, life: Life, on: Day): Promise<void> {
  const refused = new Set<string>();
  for (;;) {
    const where = { pupilId: school.idOf(name), matterKind: 'case', status: 'open' };
    const rows = await school.db.proposal.findMany({ where });
    const asked = rows
      .map(({ matterId, body }) => ({ matterId, proposal: body as unknown as Proposal }))
      .filter(({ proposal }) => !refused.has(proposal.key))
      .sort((a, b) => Number.parseInt(a.proposal.key, 10) - Number.parseInt(b.proposal.key, 10));
    const next = asked.flatMap(({ matterId, proposal }) => {
      const decision = saidOn(life, proposal, on);
      return decision ? [{ matterId, proposal, decision }] : [];
    })[0];
    if (!next) return;
    if (!(await say(school, next, on))) refused.add(next.proposal.key);
    else await lettersEnd(school, name, next.matterId, life);
  }
}

function saidOn({ says = everybodyAgrees }: Life, proposal: Proposal, on: Day): Decision | null {
  const reply = proposal.status === 'open' ? says(proposal, calendar, on) : null;
  if (!reply || answeredOn(proposal, reply.after, calendar) > on) return null;
  return choices[proposal.action.what].includes(reply.decision.choice) ? reply.decision : null;
}

/** False if the rules refuse it. */
async function say(
  { matters }: School,
  { matterId, proposal, decision }: { matterId: string; proposal: Proposal; decision: Decision },
  on: Day,
): Promise<boolean> {
  const { key, version, role } = proposal;
  const by = { id: staff.find((one) => one.role === role)?.id ?? '', role };
  const input = { key: `${key} ${version} ${on}`, kind: 'decision' as const, by, proposal: key, version, decision };
  try {
    await saidUntilTaken(() => matters.decide({ kind: 'case', matterId, input }));
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** Every letter that waits goes, the case hears of it, and those of some parents come back. */
async function lettersEnd(school: School, name: string, matterId: string, life: Life): Promise<void> {
  const waiting = async () => (await school.lettersOf(name)).filter(({ status }) => status === 'waiting');
  if ((await waiting()).length === 0) return;
  await school.release(name);
  await until(async () => (await waiting()).length === 0);
  const heard = (outcome: string) =>
    school.db.ledgerEvent.count({ where: { matterId, type: 'letter outcome', body: { path: ['outcome'], equals: outcome } } });
  const ofThisCase = (await school.lettersOf(name)).filter(({ caseId }) => caseId === matterId);
  await until(async () => (await heard('sent')) >= ofThisCase.length);
  const links = await school.db.pupilContact.findMany({ where: { pupilId: school.idOf(name) } });
  const parent = (contactId: string) => links.find((link) => link.contactId === contactId)?.priority ?? 0;
  const by = { id: 'office', role: 'attendance-officer' as const };
  for (const { id } of ofThisCase.filter((letter) => comesBack(life, parent(letter.contactId))))
    await letterCameBack(school.db, id, 'No such mailbox', { by, textId });
  const back = ofThisCase.filter((letter) => comesBack(life, parent(letter.contactId))).length;
  await until(async () => (await heard('bounced')) >= back);
}
