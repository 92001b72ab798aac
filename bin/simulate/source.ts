import { existsSync } from 'node:fs';
import type { Day } from '../../policy/calendar/day.ts';
import type { SimulatedPupil } from '../../policy/simulate/pupil.ts';
import { lastKnown } from '../../policy/simulate/report.ts';
import type { SimulatedSchool } from '../../policy/simulate/school.ts';
import { lastKnownDay, simulatedSchool } from '../../prisma/simulated-pupils.ts';
import { authorityNamed } from '../authority-files.ts';
import { WrongUse } from '../command.ts';
import { Obstacle } from '../obstacle.ts';
import { withRunningDatabase } from '../running-database.ts';
import { schoolNamed } from '../school-named.ts';
import { schoolInFiles } from './register-file.ts';

/** What the command line says of where the register is. */
type Named = {
  register?: string | undefined;
  pupils?: string | undefined;
  calendar?: string | undefined;
  mapping?: string | undefined;
  data?: string | undefined;
  authority?: string | undefined;
  'as-known': boolean;
};
type Span = { from: Day; to: Day };

/** A school with a year's register, and what it is called. */
export type Source = { name: string; school: SimulatedSchool };

/**
 * The register that is named: a file of marks, or a school that Firstbell has.
 * @throws Obstacle if there is neither, or the file is wrong
 */
export function sourceNamed(named: Named, span: Span): Promise<Source> {
  const register = registerOf(named);
  return existsSync(register) ? inFiles(named, register, span) : inDatabase(named, register, span);
}

/** One pupil of it, by UPN (or in a file by the admission number), and the last day of which its register knows. */
export async function pupilNamed(named: Named, upn: string, span: Span): Promise<Source & { pupil: SimulatedPupil; until: Day }> {
  const register = registerOf(named);
  if (!existsSync(register)) return pupilInDatabase(named, register, upn, span);
  const { name, school, pupilOf } = await inFiles(named, register, span);
  return { name, school, pupil: found(pupilOf(upn), name, upn), until: lastKnown(school, span) };
}

function registerOf({ register, ...named }: Named): string {
  if (!register) throw new WrongUse('Name with --register the school whose register is taken, or a file of marks.');
  const ofFiles = (['pupils', 'calendar', 'mapping'] as const).find((option) => named[option] !== undefined);
  if (existsSync(register)) {
    if (named['as-known']) throw new WrongUse('--as-known needs a register that keeps its past: a file does not.');
  } else if (ofFiles) throw new WrongUse(`--${ofFiles} goes with a --register that is a file, and there is no file ${register}.`);
  return register;
}

async function inFiles({ pupils, calendar, mapping, authority }: Named, marks: string, span: Span) {
  const profile = authority === undefined ? undefined : authorityNamed(authority);
  const { notTaken, ...found } = await schoolInFiles({ marks, pupils, calendar, mapping, authority: profile }, span);
  for (const one of notTaken) console.error(`not taken from the calendar: ${one}`);
  return { name: marks, ...found };
}

/** With the authority that was named in the place of the school's own. */
const under = (school: SimulatedSchool, authority: string | undefined): SimulatedSchool =>
  authority === undefined ? school : { ...school, authority: authorityNamed(authority) };

const inDatabase = ({ data, authority, 'as-known': asKnown }: Named, schoolId: string, span: Span): Promise<Source> =>
  withRunningDatabase(data, async (db) => {
    const { name } = await schoolNamed(db, schoolId);
    return { name, school: under(await simulatedSchool(db, schoolId, { ...span, asKnown }), authority) };
  });

const pupilInDatabase = ({ data, authority, 'as-known': asKnown }: Named, schoolId: string, upn: string, span: Span) =>
  withRunningDatabase(data, async (db) => {
    const { name } = await schoolNamed(db, schoolId);
    const school = under(await simulatedSchool(db, schoolId, { ...span, asKnown, only: { upn } }), authority);
    return { name, school, pupil: found(school.pupils[0], name, upn), until: await lastKnownDay(db, schoolId, span) };
  });

function found(pupil: SimulatedPupil | undefined, name: string, upn: string): SimulatedPupil {
  if (pupil) return pupil;
  throw new Obstacle(`${name} has no pupil with the UPN ${upn}. Look for it on the pupil's page, or in the register.`);
}
