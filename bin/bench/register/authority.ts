import pg from 'pg';
import { schoolsAtOnce } from '../../../activities/register/school-by-school.ts';
import type { Day } from '../../../policy/calendar/day.ts';
import { connect, type Db } from '../../../prisma/client.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { stableId } from '../../../prisma/stable-id.ts';
import { casesOpener } from '../../cases-opener.ts';
import { keepLenientPack } from '../cases/lenient-pack.ts';
import { fillRegister } from './fill-register.ts';
import { periods, today } from './school-days.ts';

export const authorityId = 'bench-authority';
export type BenchPupil = { id: string; no: number };
export type School = { id: string; pupils: BenchPupil[] };
export type Authority = Awaited<ReturnType<typeof anAuthority>>;

export const leadOf = (schoolId: string) => ({ id: `${schoolId}-lead`, email: `lead@${schoolId}.example` });

/** An authority that can be given more and more schools, each with the register of its last three years. */
export async function anAuthority(databaseUrl: string) {
  const db = connect(databaseUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 + schoolsAtOnce });
  pool.on('error', () => undefined);
  const place = { address: ['1 High Street', 'Oakbridge'], phone: '01632 960100' };
  await db.authority.create({
    data: { id: authorityId, name: 'Severnshire Council', email: 'la@severnshire.example', ...place },
  });
  const packId = await keepLenientPack(db);
  const schools: School[] = [];
  let pupils = 0;

  const addSchool = async (size: number, on: Day): Promise<School> => {
    const id = `bench-${schools.length + 1}`;
    const school = { id, pupils: Array.from({ length: size }, (_, i) => ({ id: stableId(`${id} ${i}`), no: pupils + i })) };
    pupils += size;
    const about = { name: `Bench School ${schools.length + 1}`, email: `office@${id}.example`, authorityId, packId, ...place };
    await db.school.create({ data: { id, training: true, today: columnOf(on), ...about } });
    await db.user.create({ data: { ...leadOf(id), name: 'Bench Lead', role: 'sal', schoolId: id } });
    const period = ({ kind, label, from, to }: (typeof periods)[number]) => ({
      ...{ schoolId: id, kind, label, fromDay: columnOf(from), toDay: columnOf(to) },
    });
    await db.calendarPeriod.createMany({ data: periods.map(period) });
    await people(db, school);
    schools.push(school);
    return school;
  };

  return {
    db,
    pool,
    importing: { db, pool, openCases: casesOpener() },
    schools,
    addSchool,
    /** Adds schools until there are so many, all registers full up to the day before `until`. */
    async grow(count: number, pupilsEach: number, until: Day): Promise<void> {
      const added: School[] = [];
      while (schools.length < count) added.push(await addSchool(pupilsEach, today));
      await fillRegister(pool, added, until);
    },
    async stop() {
      await Promise.all([db.$disconnect(), pool.end()]);
    },
  };
}

async function people(db: Db, { id: schoolId, pupils }: School): Promise<void> {
  await db.pupil.createMany({
    data: pupils.map(({ id, no }, i) => ({
      ...{ id, schoolId, admissionNo: String(no), upn: `bench-${no}`, legalName: `Pupil ${no}`, chosenName: `Pupil ${no}` },
      ...{ born: columnOf('2013-01-15'), yearGroup: 7 + (i % 5), className: `${7 + (i % 5)}A` },
      onRollFrom: columnOf('2023-09-01'),
    })),
  });
  const parents = pupils.flatMap(({ id, no }) =>
    [0, 1].map((i) => ({ no: `${no}-${i}`, id: stableId(`parent ${no}-${i}`), pupilId: id })),
  );
  await db.contact.createMany({
    data: parents.map(({ no, id }) => ({
      ...{ id, schoolId, contactNo: no, fullName: `Parent ${no}`, email: `parent.${no}@families.example` },
      ...{ address: ['1 High Street', 'Oakbridge'], postcode: 'OK1 1AA' },
    })),
  });
  await db.pupilContact.createMany({
    data: parents.map(({ id, pupilId }) => ({
      ...{ pupilId, contactId: id, relationship: 'Parent', parentalResponsibility: true, livesWith: true },
    })),
  });
}
