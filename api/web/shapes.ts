import { z } from 'zod';
import { inThousands } from '../../policy/counted.ts';
import { roles, roleTitles } from '../../policy/people/roles.ts';
import { type Fraction, shown } from '../../policy/register/fraction.ts';

/** What several nouns of the API say alike, each with the function that says it. */

export const Attendance = z
  .object({
    attended: z.int(),
    possible: z.int(),
    percent: z.string().describe('Truncated to one decimal, for people. Compare the two numbers instead'),
  })
  .meta({ id: 'Attendance', description: 'Sessions attended of sessions possible' });
export const attendance = ({ attended, possible }: Fraction): z.infer<typeof Attendance> => ({
  ...{ attended, possible, percent: shown({ attended, possible }) },
});

/** "26 of 30 sessions (86.6%)" */
export const sessionsOf = ({ attended, possible }: Fraction): string =>
  `${inThousands(attended)} of ${inThousands(possible)} sessions (${shown({ attended, possible })})`;

export const PupilName = z
  .object({ id: z.uuid(), name: z.string().describe('The name the pupil goes by'), className: z.string() })
  .meta({ id: 'PupilName' });
export const pupilName = ({ id, chosenName, className }: { id: string; chosenName: string; className: string }) => ({
  ...{ id, name: chosenName, className },
});

export const RoleName = z.enum(roles).meta({ id: 'Role' });

export const Person = z.object({ name: z.string(), role: RoleName }).meta({ id: 'Person', description: 'A member of staff' });

/** "Priya Nair, Senior attendance lead" */
export const personWords = ({ name, role }: z.infer<typeof Person>): string => `${name}, ${roleTitles[role]}`;
