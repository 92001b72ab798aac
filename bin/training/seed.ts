import { importContacts } from '../../activities/register/import-contacts.ts';
import { importMarks } from '../../activities/register/import-marks.ts';
import { importPupils } from '../../activities/register/import-pupils.ts';
import type { ImportDeps, ImportResult } from '../../activities/register/import-result.ts';
import { setUpSchool } from '../../activities/school/set-up-school.ts';
import { generatedRegister } from '../../activities/training/generated-register.ts';
import type { Day } from '../../policy/calendar/day.ts';
import { schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import { contactRows, pupilRows } from '../../policy/training/register-rows.ts';
import { trainingPlan, trainingSchool } from '../../policy/training/staff.ts';
import { casesBegin, opensOn, registerBegins, trainingCalendar } from '../../policy/training/timetable.ts';
import { columnOf, dayOf } from '../../prisma/day-column.ts';

type Seeding = ImportDeps & { say: (progress: string) => void };

/**
 * Makes the training school once: people and calendar, then its register by the same imports as any school's, day by day to
 * the day it opens, so that the cases under way were opened by the rules. A start that was cut off goes on where it stopped.
 */
export async function seedTrainingSchool({ say, ...deps }: Seeding): Promise<void> {
  const { db } = deps;
  const school = await db.school.findUnique({ where: { id: trainingSchool.id } });
  if (school?.today && dayOf(school.today) >= opensOn) return;
  if (!school) {
    say('Making the training school: staff and calendar');
    await setUpSchool(db, trainingPlan);
  }
  const order = { schoolId: trainingSchool.id, by: null, on: registerBegins };
  say('Taking in 1,060 pupils and their families');
  await done(importPupils(deps, { ...order, ...rows('pupils.csv', pupilRows()) }));
  await done(importContacts(deps, { ...order, ...rows('contacts.csv', contactRows()) }));
  for (const on of schoolDaysBetween(trainingCalendar, registerBegins, opensOn)) await oneDay(deps, on, say);
}

async function oneDay(deps: ImportDeps, on: Day, say: Seeding['say']): Promise<void> {
  const { db } = deps;
  say(`Taking the register of ${on}`);
  const { rows, fileName } = await generatedRegister(db, trainingSchool, on);
  // A register that begins in September would open cases before there is anybody to decide: they begin with the last days.
  const quiet: ImportDeps = on >= casesBegin ? deps : { ...deps, openCases: async () => ({ opened: [], takenUp: [] }) };
  await db.school.update({ where: { id: trainingSchool.id }, data: { today: columnOf(on) } });
  await done(
    importMarks(quiet, { schoolId: trainingSchool.id, rows, fileName, sha256: `${trainingSchool.id}:${on}`, by: null, on }),
  );
}

const rows = (fileName: string, cells: readonly Readonly<Record<string, string>>[]) => ({
  fileName,
  sha256: `${trainingSchool.id}:${fileName}`,
  rows: cells.map((one, i) => ({ row: i + 2, cells: one })),
});

async function done(importing: Promise<ImportResult>): Promise<void> {
  const { status, says, problems } = await importing;
  if (status !== 'done') throw new Error(`The training school was refused: ${says} ${JSON.stringify(problems.slice(0, 3))}`);
}
