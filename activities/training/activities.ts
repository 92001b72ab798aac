import { Context } from '@temporalio/activity';
import { londonDay } from '../../policy/calendar/day.ts';
import { nextSchoolDay } from '../../policy/calendar/school-calendar.ts';
import type { Db } from '../../prisma/client.ts';
import { columnOf, dayOf } from '../../prisma/day-column.ts';
import { calendarOf } from '../../prisma/register.ts';
import type { ClockWalk } from '../../workflows/training-messages.ts';
import { tellDueMatters } from '../matter/tell-due.ts';
import { remindOfContacts } from '../register/first-contacts.ts';
import { importMarks } from '../register/import-marks.ts';
import type { ImportDeps } from '../register/import-result.ts';
import { settleOverdue } from '../register/settle-overdue.ts';
import { remindOfLeave } from '../reminders/remind-of-leave.ts';
import { whileBeating } from '../while-beating.ts';
import { generatedRegister } from './generated-register.ts';
import { quietSchools } from './quiet.ts';

export type TrainingActivities = ReturnType<typeof trainingActivities>;

type Deps = ImportDeps & { now: () => number; register?: typeof generatedRegister };

/**
 * What walks a training school's clock: the day's register in by the same import as a file, then every case that is due told
 * the date. Where nothing makes the register up, the school imports the day's marks when the day has come.
 */
export function trainingActivities({ db, ...deps }: Deps) {
  const whenQuiet = quietSchools(db);
  const quiet = (schoolId: string) => whenQuiet(schoolId, (looked) => Context.current().heartbeat(looked));
  return {
    /** Sends what waits today, moves the clock to the next school day and feeds its register if it is made up. Done twice it changes nothing more. */
    feedNextDay: (walk: ClockWalk) => whileBeating(Context.current(), nextDay({ db, quiet, ...deps }, walk)),

    /** Waits until all that the day set off is done, so that the next day finds it done. */
    async settled({ schoolId, stepId, last }: ClockWalk & { on: string; last: boolean }): Promise<void> {
      await quiet(schoolId);
      if (last) await db.clockStep.update({ where: { id: stepId }, data: { doneAt: new Date(deps.now()), doing: 'Done' } });
    },

    /** Notes that a walk stopped before its date, so that the page says so and another can be asked for. */
    async gaveUp({ stepId }: ClockWalk): Promise<void> {
      const failed = 'The day could not be finished after many tries. The log says why; ask for the day again.';
      await db.clockStep.update({ where: { id: stepId }, data: { failed } });
    },
  };
}

async function nextDay(
  deps: Deps & { quiet: (schoolId: string) => Promise<void> },
  { schoolId, stepId }: ClockWalk,
): Promise<{ on: string; more: boolean }> {
  const { db, quiet, register = generatedRegister } = deps;
  const step = await db.clockStep.findUniqueOrThrow({ where: { id: stepId } });
  const school = await db.school.findUniqueOrThrow({ where: { id: schoolId } });
  const today = school.today ? dayOf(school.today) : londonDay(deps.now());
  const to = dayOf(step.toDay);
  const reached = dayOf(step.reached);
  const say = (doing: string) => db.clockStep.update({ where: { id: stepId }, data: { doing } });
  if (today === reached) {
    await say('Sending the letters whose time has come');
    await releaseLetters(db, schoolId, today);
    await quiet(schoolId);
  }
  // A try that was cut off between moving the date and telling the cases finds the date moved: it goes on with that day.
  const on = today === reached ? nextSchoolDay(await calendarOf(db, schoolId), today) : today;
  if (on > to) return { on: today, more: false };
  await db.school.update({ where: { id: schoolId }, data: { today: columnOf(on) } });
  if (school.seed !== null) {
    await say('Taking the register');
    const { rows, fileName } = await register(db, school, on);
    const order = { schoolId, rows, fileName, sha256: `${schoolId}:${on}`, by: null, on };
    const done = await importMarks(deps, order);
    if (done.status === 'refused') throw new Error(`The register of ${on} was refused: ${done.says}`);
  }
  // The time of a day has passed there when the day has.
  await remindOfContacts(db, { schoolId, on: reached });
  await settleOverdue(deps, schoolId);
  await remindOfLeave(db, schoolId, deps.now());
  await say('Telling the cases');
  await tellDueMatters(db, { schoolId, on });
  await db.clockStep.update({ where: { id: stepId }, data: { reached: columnOf(on) } });
  return { on, more: on < to };
}

/** Letters approved before tonight go out tonight: a day is longer than any recall window. */
async function releaseLetters(db: Db, schoolId: string, on: string): Promise<void> {
  const waiting = await db.letter.findMany({
    where: { schoolId, status: { in: ['waiting', 'questioned'] } },
    select: { id: true },
  });
  const input = { key: `release:${on}` };
  await db.outbox.createMany({
    data: waiting.map(({ id }) => ({ schoolId, matterId: id, matterKind: 'letter', kind: 'tell', input })),
  });
}
