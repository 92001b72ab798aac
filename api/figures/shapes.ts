import { z } from 'zod';
import { lineNames } from '../../policy/figures/crossings.ts';
import { bands } from '../../policy/register/measures/band.ts';
import { Attendance, PupilName } from '../web/shapes.ts';

const count = z.int();
const Band = z.enum(bands).meta({
  id: 'Band',
  description:
    'Attendance of the school year so far. severely absent: 50% or less; persistently absent: over 50%, up to 90%; below 96%: over 90%',
});
const Line = z.enum(lineNames).meta({
  id: 'Line',
  description:
    'below-96; persistent: 90% or less; severe: 50% or less; ten-sessions: the national threshold for considering a penalty notice',
});

/** What is counted of any group of pupils. */
const Summary = z.object({
  pupils: count.describe('Pupils on roll'),
  attendance: Attendance.describe('Of all their possible sessions of the school year'),
  authorised: count.describe('Sessions'),
  unauthorised: count.describe('Sessions'),
  bands: z.array(z.object({ band: Band, pupils: count })),
  persistentlyAbsent: count.describe('Pupils; severely absent ones among them, as DfE counts'),
  severelyAbsent: count,
  withoutSessions: count.describe('Pupils with no possible session yet: they are in no band'),
});

export const Figures = z
  .object({
    of: z.enum(['school', 'year', 'class']),
    name: z.string(),
    on: z.iso.date().describe('The last day counted'),
    asKnownThen: z.boolean().describe('As the register was known at the end of that day, before later corrections'),
    ...Summary.shape,
    enough: count.describe(
      'Of fewer possible sessions than this a percentage says little: nobody is about to cross a line by it',
    ),
    weekBegan: z.iso.date().describe('The Monday of the week that movement is about'),
    movement: z
      .array(z.object({ from: Band, to: Band, pupils: count }))
      .describe('From the band before this week to that of now'),
    approaching: z
      .array(z.object({ line: Line, pupils: count, bySessionsLeft: z.array(count) }))
      .describe(
        'Who is about to cross a line; the first of the list would with the next session missed, the second with two in a row',
      ),
    parts: z
      .array(z.object({ of: z.enum(['year', 'class']), name: z.string(), ...Summary.shape }))
      .describe('The year groups of a school, the classes of a year group'),
  })
  .meta({ id: 'Figures' });

export const PupilStanding = z
  .object({
    pupil: PupilName,
    yearGroup: z.int(),
    attendance: Attendance,
    authorised: count,
    unauthorised: count,
    band: Band.nullable(),
    was: Band.nullable().describe('The band before this week'),
    left: z
      .record(z.enum(lineNames), count.nullable())
      .describe(
        'How many of the next sessions can be missed in a row before each line is crossed: 0 if the next one crosses it; null if it is crossed',
      ),
  })
  .meta({ id: 'PupilStanding' });
