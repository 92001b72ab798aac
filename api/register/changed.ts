import { z } from 'zod';
import { counted } from '../../policy/counted.ts';

/** What came of a change to the register. */
export const Changed = z
  .object({
    changed: z.int().describe('Marks that say something else now; 0 if the register said so already'),
    casesOpened: z.int().describe('Cases that the register now calls for'),
    casesTakenUp: z.int().describe('Closed cases that were taken up again'),
    casesTold: z.int().describe('Open cases that it mattered to'),
  })
  .meta({ id: 'RegisterChanged' });

/** "1 case opened, 1 closed case taken up again, 2 open cases brought up to date"; null if it mattered to none. */
export function casesSaid({ casesOpened, casesTakenUp, casesTold }: Omit<z.infer<typeof Changed>, 'changed'>): string | null {
  const said = [
    ...(casesOpened > 0 ? [`${counted(casesOpened, 'case')} opened`] : []),
    ...(casesTakenUp > 0 ? [`${counted(casesTakenUp, 'closed case')} taken up again`] : []),
    ...(casesTold > 0 ? [`${counted(casesTold, 'open case')} brought up to date`] : []),
  ];
  return said.length > 0 ? said.join(', ') : null;
}
