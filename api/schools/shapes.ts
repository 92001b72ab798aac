import { z } from 'zod';
import { linesOfAttendance } from '../../policy/figures/crossed.ts';
import { lineNames } from '../../policy/figures/crossings.ts';
import { Attendance } from '../web/shapes.ts';

const count = z.int();

/** A school as one who looks after several sees it: numbers, and no pupil. */
export const SchoolStanding = z
  .object({
    school: z.object({ id: z.string(), name: z.string() }),
    training: z.boolean().describe('Made up, with a date of its own'),
    on: z.iso.date().describe('The last day counted'),
    asKnownThen: z.boolean().describe('As the register was known at the end of that day, before later corrections'),
    pupils: count.describe('On roll'),
    attendance: Attendance.describe('Of all their possible sessions of the school year'),
    authorised: count.describe('Sessions'),
    unauthorised: count.describe('Sessions'),
    persistentlyAbsent: count.describe('Pupils; severely absent ones among them, as DfE counts'),
    severelyAbsent: count,
    withoutSessions: count.describe('Pupils with no possible session yet'),
    crossed: z.array(z.object({ line: z.enum(linesOfAttendance), pupils: count })).describe('Who came over a line since Monday'),
    approaching: z.array(z.object({ line: z.enum(lineNames), pupils: count })).describe('Who is about to cross a line'),
    registersMissing: count.describe('Of a class, a morning or an afternoon, in the five school days before'),
    cases: z
      .array(z.object({ stage: z.string(), cases: count }))
      .nullable()
      .describe('Open cases by stage, now; null where an earlier day is asked for'),
  })
  .meta({ id: 'SchoolStanding' });

export const SchoolStandings = z.object({ within: count, rows: z.array(SchoolStanding) });
