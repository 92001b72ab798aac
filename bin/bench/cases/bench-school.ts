import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import pg from 'pg';
import { importRegisterFile } from '../../../activities/register/import-register-file.ts';
import { addDays, type Day, londonDay } from '../../../policy/calendar/day.ts';
import type { Period } from '../../../policy/calendar/period.ts';
import { schoolCalendar, schoolDaysBetween, schoolYearStart } from '../../../policy/calendar/school-calendar.ts';
import { connect, type Db } from '../../../prisma/client.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { casesOpener } from '../../cases-opener.ts';
import { Obstacle } from '../../obstacle.ts';
import { keepLenientPack } from './lenient-pack.ts';

const schoolId = 'bench';
const authorityId = 'bench-authority';
export const approver = { id: 'bench-lead', role: 'sal' } as const;

/** A case that proposes its first letter. */
export type OpenCase = { id: string; pupilId: string; proposal: string; version: number };
export type BenchSchool = Awaited<ReturnType<typeof aBenchSchool>>;

/**
 * A school that lives by the wall clock, so that its cases wait on real timers: each pupil with two parents by e-mail, and
 * a term's register in which everybody was present but for the last days, which are left for `cross` to bring in.
 */
export async function aBenchSchool(databaseUrl: string, pupils: number) {
  const db = connect(databaseUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 3 });
  pool.on('error', () => undefined);
  const on = londonDay(Date.now());
  const term: Period = { kind: 'term', label: 'Term', from: termBegins(on), to: addDays(on, 365) };
  const days = schoolDaysBetween(schoolCalendar([term]), term.from, on);
  if (days.length === 0) throw new Obstacle('The school year has no school day yet: run this bench from its first one on.');
  const away = days.slice(-Math.ceil(days.length / 8));
  const pupilIds = await people(db, { packId: await keepLenientPack(db), term, pupils });
  const importing = { db, pool, openCases: casesOpener() };
  const take = async (rows: readonly string[]): Promise<void> => {
    const file = Readable.from([Buffer.from(['admission_no,date,session,code', ...rows].join('\n'))]);
    const { status, says } = await importRegisterFile('marks', importing, file, {
      schoolId,
      fileName: 'bench.csv',
      by: null,
      on,
    });
    if (status !== 'done') throw new Error(`The register of the bench was refused: ${says}`);
  };
  const present = days.slice(0, -away.length);
  if (present.length > 0) await take(rowsOf(numbers(0, pupils), present, '/', '\\'));

  return {
    db,
    /** The pupils, by place. */
    pupilIds,
    /** Takes in a file in which these pupils, by place, missed the last eighth of their days: each has a case when it is in. */
    cross: (from: number, to: number) => take(rowsOf(numbers(from, to), away, 'O', 'O')),
    /** The open case of each of these pupils, with what waits for a decision. */
    async casesOf(from: number, to: number): Promise<OpenCase[]> {
      const proposals = await db.proposal.findMany({ where: { status: 'open' } });
      const cases = await db.attendanceCase.findMany({ where: { pupilId: { in: pupilIds.slice(from, to) } } });
      if (cases.length !== to - from) throw new Error(`${to - from} pupils crossed and ${cases.length} have a case`);
      return cases.map(({ id, pupilId }) => {
        const found = proposals.find(({ matterId }) => matterId === id);
        if (!found) throw new Error(`Case ${id} proposes nothing`);
        return { id, pupilId, proposal: found.key, version: found.version };
      });
    },
    async stop() {
      await Promise.all([db.$disconnect(), pool.end()]);
    },
  };
}

/** Sixty school days make a usual register; in autumn the year is younger. */
function termBegins(on: Day): Day {
  const earliest = addDays(on, -84);
  return earliest > schoolYearStart(on) ? earliest : schoolYearStart(on);
}

const numbers = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => String(from + i));

const rowsOf = (pupils: readonly string[], days: readonly Day[], morning: string, afternoon: string): string[] =>
  pupils.flatMap((no) => days.flatMap((day) => [`${no},${day},AM,${morning}`, `${no},${day},PM,${afternoon}`]));

async function people(db: Db, { packId, term, pupils }: { packId: string; term: Period; pupils: number }): Promise<string[]> {
  const place = { address: ['1 High Street', 'Oakbridge'], phone: '01632 960100' };
  await db.authority.create({
    data: { id: authorityId, name: 'Severnshire Council', email: 'la@severnshire.example', ...place },
  });
  await db.school.create({
    data: { id: schoolId, name: 'Bench School', email: 'office@bench.example', authorityId, packId, ...place },
  });
  await db.user.create({
    data: { ...approver, name: 'Bench Lead', email: 'lead@bench.example', schoolId },
  });
  const { kind, label, from, to } = term;
  await db.calendarPeriod.create({ data: { schoolId, kind, label, fromDay: columnOf(from), toDay: columnOf(to) } });
  const rows = numbers(0, pupils).map((no) => ({ no, id: randomUUID(), parents: [randomUUID(), randomUUID()] }));
  await db.pupil.createMany({
    data: rows.map(({ no, id }) => ({
      id,
      schoolId,
      admissionNo: no,
      upn: `bench-${no}`,
      legalName: `Pupil ${no}`,
      chosenName: `Pupil ${no}`,
      born: columnOf('2013-01-15'),
      yearGroup: 9,
      className: '9A',
      onRollFrom: columnOf(from),
    })),
  });
  const parents = rows.flatMap(({ no, id, parents: ids }) =>
    ids.map((contactId, i) => ({ no: `${no}-${i}`, pupilId: id, contactId })),
  );
  await db.contact.createMany({
    data: parents.map(({ no, contactId }) => ({
      id: contactId,
      schoolId,
      contactNo: no,
      fullName: `Parent ${no}`,
      email: `parent.${no}@families.example`,
      address: place.address,
      postcode: 'OK1 1AA',
    })),
  });
  await db.pupilContact.createMany({
    data: parents.map(({ pupilId, contactId }) => ({
      pupilId,
      contactId,
      relationship: 'Parent',
      parentalResponsibility: true,
      livesWith: true,
    })),
  });
  return rows.map(({ id }) => id);
}
