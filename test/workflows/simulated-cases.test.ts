import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, type Day } from '../../policy/calendar/day.ts';
import { schoolCalendar, schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { choices, type Proposal } from '../../policy/case/proposal.ts';
import { readPack } from '../../policy/pack/read.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { Mark } from '../../policy/register/mark.ts';
import { agreed } from '../../policy/simulate/people.ts';
import type { SimulatedPupil } from '../../policy/simulate/pupil.ts';
import { atSchool, storyOf } from '../../policy/simulate/story.ts';
import { staff } from '../../policy/training/staff.ts';
import { periods, registerBegins } from '../../policy/training/timetable.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { aSchool, until } from '../support/school.ts';

const [today, lastDay] = ['2026-09-25', '2026-10-09'];
const calendar = schoolCalendar(periods);
const days = schoolDaysBetween(calendar, registerBegins, lastDay);

/** Fifty pupils with spells of absence, one more than the other: from a number, always the same. */
const pupils: Record<string, Record<string, string>> = Object.fromEntries(
  Array.from({ length: 50 }, (_, i) => {
    const absent = days.filter(
      (_day, k) => (k * 7 + i * 3) % (6 + (i % 9)) < (i % 3 === 0 ? 1 : 0) || (i % 5 === 0 && k > 8 && k < 9 + (i % 7)),
    );
    return [`p${String(i).padStart(2, '0')}`, Object.fromEntries(absent.map((day) => [day, i % 2 === 0 ? 'I' : 'O']))];
  }),
);

/** What of an event both have: all but ids, and what the mail server and the words of people add. */
function told(on: Day, event: CaseEvent): string[] {
  const line = (...parts: unknown[]) => [[on, event.type, ...parts].join(' | ')];
  switch (event.type) {
    case 'opened':
      return line(event.stage, event.since ?? '');
    case 'attendance noted':
      return line(event.attendance.attended, event.attendance.possible, event.upTo);
    case 'stage entered':
      return line(event.stage, event.why, event.clause);
    case 'proposed': {
      const { key, action, person, sentence, due, remindOn, step, rule } = event.proposal;
      return line(key, action.what, person, sentence, due, remindOn, step, rule ?? '');
    }
    case 'revised':
      return line(event.key, event.version, event.sentence);
    case 'withdrawn':
      return line(event.key, event.why);
    case 'letters approved':
      return line(event.key, event.template);
    case 'monitoring began':
      return line(event.from, event.until, event.judgedOn, event.target);
    case 'target judged':
      return line(event.met, event.window.attended, event.window.possible);
    case 'recovering':
      return line(event.since, event.closesOn);
    case 'letter outcome':
      return [];
    default:
      return line('key' in event ? event.key : '');
  }
}

/** On a busy machine a decision may come too late to be taken: a person says it again, as they are asked to. */
async function saidUntilTaken(say: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await say();
      return;
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'Unavailable')) throw error;
    }
  }
}

describe('fifty pupils of a training school, through the engine and through the simulator', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today, pupils });
  }, 120_000);
  afterAll(() => school.end());

  /** Everybody agrees, on the same day, until nothing is open. */
  async function everybodyAgrees(on: Day): Promise<void> {
    for (;;) {
      const rows = await school.db.proposal.findMany({ where: { matterKind: 'case', status: 'open' }, orderBy: { key: 'asc' } });
      const open = rows.filter(({ body }) => answerable(body as unknown as Proposal, on));
      if (open.length === 0) return;
      // One decision a case at a time, and a few cases at once: a busy machine answers late otherwise.
      const now = open.filter(({ matterId }, i) => open.findIndex((one) => one.matterId === matterId) === i);
      for (let k = 0; k < now.length; k += 4) await Promise.all(now.slice(k, k + 4).map((row) => agree(row, on)));
    }
  }

  const answerable = (proposal: Proposal, on: Day) =>
    choices[proposal.action.what].includes(agreed(proposal, calendar, on).choice);

  async function agree(
    { matterId, pupilId, body }: { matterId: string; pupilId: string; body: unknown },
    on: Day,
  ): Promise<void> {
    const proposal = body as Proposal;
    const by = { id: staff.find(({ role }) => role === proposal.role)?.id ?? '', role: proposal.role };
    const decision = agreed(proposal, calendar, on);
    const input = {
      key: `${proposal.key}`,
      kind: 'decision' as const,
      by,
      proposal: proposal.key,
      version: proposal.version,
      decision,
    };
    await saidUntilTaken(() => school.matters.decide({ kind: 'case', matterId, input }));
    if (proposal.action.what !== 'letter') return;
    const name = Object.keys(pupils).find((one) => school.idOf(one) === pupilId) ?? '';
    await school.release(name);
    await until(async () => (await school.lettersOf(name)).every(({ status }) => status === 'sent'));
    await until(
      async () =>
        (await school.db.ledgerEvent.count({ where: { matterId, type: 'letter outcome' } })) >=
        (await school.lettersOf(name)).length,
    );
  }

  it('have the same events, each on the same day', async () => {
    await everybodyAgrees(today);
    for (let day = addDays(today, 1); day <= lastDay; day = addDays(day, 1)) {
      if (!days.includes(day)) continue;
      await school.stepTo(day);
      await everybodyAgrees(day);
    }
    const pack = readPack(
      readFileSync(new URL('../../policy/packs/gloucestershire.yaml', import.meta.url), 'utf8'),
      'gloucestershire',
    );
    let compared = 0;
    for (const name of Object.keys(pupils)) {
      const found = await school.db.attendanceCase.findFirst({ where: { pupilId: school.idOf(name) } });
      const rows = found ? await school.db.ledgerEvent.findMany({ where: { matterId: found.id }, orderBy: { seq: 'asc' } }) : [];
      const really = rows.flatMap((row) => told(dayOf(row.onDay), { type: row.type, ...(row.body as object) } as CaseEvent));
      const people = (proposal: Proposal, _calendar: unknown, on: Day) => ({
        after: 0,
        decision: agreed(proposal, calendar, on),
      });
      const simulated = storyOf(simulatedPupil(name), { pack, calendar, people, from: today, until: lastDay });
      expect([name, ...atSchool(simulated).flatMap(({ on, event }) => told(on, event))]).toEqual([name, ...really]);
      compared += really.length;
    }
    expect(compared).toBeGreaterThan(200);
  }, 170_000);

  function simulatedPupil(name: string): SimulatedPupil {
    const marks: Mark[] = days.flatMap((on) =>
      (['AM', 'PM'] as const).map((session) => ({ on, session, code: pupils[name]?.[on] ?? (session === 'AM' ? '/' : '\\') })),
    );
    const recipients = [1, 2].map((n) => ({ contactId: String(n), may: true, because: null, channel: 'email' as const }));
    const of = { onRollFrom: registerBegins, onRollTo: null, flags: [], born: '2013-01-15', yearGroup: 9, recipients };
    return { id: name, ...of, marksOn: () => marks };
  }
});
