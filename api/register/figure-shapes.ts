import { z } from 'zod';
import type { Figure } from '../../policy/register/measures/figure.ts';
import { figureSaid } from '../../policy/register/measures/words.ts';
import { PupilName } from '../web/shapes.ts';

const day = z.iso.date();
const count = z.int().nonnegative();
const fraction = { attended: count, possible: count };
const hundredths = z.int().describe('Hundredths of a percentage point');

const Value = z
  .discriminatedUnion('is', [
    z.object({ is: z.literal('attendance'), ...fraction }),
    z.object({ is: z.literal('answer'), yes: z.boolean(), ...fraction }),
    z.object({ is: z.literal('sessions'), sessions: count }),
    z.object({ is: z.literal('spells'), spells: count }),
    z.object({ is: z.literal('school days'), days: z.number() }),
    z.object({
      ...{ is: z.literal('minutes'), minutes: count },
      ...{ known: count.describe('Late marks whose minutes are known'), lates: count },
    }),
    z.object({ is: z.literal('run'), days: count, from: day.nullable(), to: day.nullable() }),
    z.object({ is: z.literal('day'), day }),
    z.object({
      is: z.literal('pattern'),
      weekdays: z.array(z.int()).describe('Where it strikes most; 1 is Monday'),
      days: z.array(z.object({ weekday: z.int(), absent: count, of: count })),
      oneIn: z.int().positive().describe('One in so many pupils without such a habit would show as much by chance'),
      comparisons: z.int().positive().describe('How many were looked at; the chance is as many times larger'),
    }),
    z.object({
      is: z.literal('trend'),
      weeks: count,
      perWeek: hundredths,
      low: hundredths,
      high: hundredths,
      going: z.enum(['up', 'down']).nullable().describe('Null unless all of the 95% interval is on one side of none'),
    }),
  ])
  .meta({ id: 'FigureValue', description: 'What a measure comes to, by its kind' });

/** A session of those that make up a figure. */
export const CountedSession = z
  .object({
    id: z.string().describe('"2026-09-14 AM"'),
    code: z.string().describe('The code it bears; empty where there is none'),
    as: z.enum(['attended', 'authorised absence', 'unauthorised absence', 'not possible', 'no mark', 'left out']),
    minutesLate: count.optional().describe('In a figure that adds them up'),
  })
  .meta({ id: 'CountedSession' });

const PupilFigure = z
  .object({
    measure: z.string().describe('Its name on the reference page of measures'),
    label: z.string(),
    span: z.object({ from: day, to: day }),
    value: Value.nullable().describe('Null where nothing can be said: note says why'),
    words: z.string().describe('The value for people. Compare the value itself'),
    note: z.string().nullable().describe('What has to be known beside the value'),
    possible: count.describe('Possible sessions in the span'),
    enough: z.boolean().describe('Whether they are as many as the measure asks for'),
    sessions: z
      .array(CountedSession)
      .describe('What was counted: the session ("2026-09-14 AM"), the code it bears, and how it counted'),
  })
  .meta({ id: 'PupilFigure' });

export const PupilFigures = z
  .object({
    pupil: PupilName,
    on: day.describe('The day the figures are of'),
    knownOn: day.nullable().describe('The day whose knowledge was asked for; null for what is known now'),
    subjects: z.array(z.object({ subject: z.string(), figures: z.array(PupilFigure) })),
  })
  .meta({ id: 'PupilFigures' });

export const figureFacts = (figure: Figure): z.input<typeof PupilFigure> => ({ ...figure, words: figureSaid(figure) });
