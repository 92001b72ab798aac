import { hash } from '@node-rs/argon2';
import { importContacts } from '../../activities/register/import-contacts.ts';
import { importMarks } from '../../activities/register/import-marks.ts';
import { importPupils } from '../../activities/register/import-pupils.ts';
import type { ImportDeps, ImportResult } from '../../activities/register/import-result.ts';
import { generatedRegister } from '../../activities/training/generated-register.ts';
import type { Day } from '../../policy/calendar/day.ts';
import { schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import { demoPassword } from '../../policy/training/demo-password.ts';
import { contactRows, pupilRows } from '../../policy/training/register-rows.ts';
import { staff, trainingAuthority, trainingSchool } from '../../policy/training/staff.ts';
import { casesBegin, opensOn, periods, registerBegins, trainingCalendar } from '../../policy/training/timetable.ts';
import type { Db } from '../../prisma/client.ts';
import { columnOf, dayOf } from '../../prisma/day-column.ts';

type Seeding = ImportDeps & { packId: string; say: (progress: string) => void };

/**
 * Makes the training school once: people and calendar, then its register by the same imports as any school's, day by day to
 * the day it opens, so that the cases under way were opened by the rules. A start that was cut off goes on where it stopped.
 */
export async function seedTrainingSchool({ packId, say, ...deps }: Seeding): Promise<void> {
  const { db } = deps;
  const school = await db.school.findUnique({ where: { id: trainingSchool.id } });
  if (school?.today && dayOf(school.today) >= opensOn) return;
  if (!school) {
    say('Making the training school: staff and calendar');
    await people(db, packId);
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
  const quiet: ImportDeps = on >= casesBegin ? deps : { ...deps, openCases: async () => [] };
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

async function people(db: Db, packId: string): Promise<void> {
  const passwordHash = await hash(demoPassword);
  await db.$transaction([
    db.authority.create({ data: trainingAuthority }),
    db.school.create({
      data: {
        ...trainingSchool,
        authorityId: trainingAuthority.id,
        packId,
        training: true,
        today: columnOf(registerBegins),
        seed: 1,
        recallMinutes: 1,
      },
    }),
    db.calendarPeriod.createMany({
      data: periods.map(({ kind, label, from, to }) => ({
        schoolId: trainingSchool.id,
        kind,
        label,
        fromDay: columnOf(from),
        toDay: columnOf(to),
      })),
    }),
    db.user.createMany({
      data: staff.map(({ at, ...member }) => ({
        ...member,
        passwordHash,
        schoolId: at === 'school' ? trainingSchool.id : null,
        authorityId: at === 'authority' ? trainingAuthority.id : null,
      })),
    }),
  ]);
}
