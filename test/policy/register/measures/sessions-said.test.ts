import { expect, it } from '@jest/globals';
import { sessionsSaid } from '../../../../policy/register/measures/sessions-said.ts';

it('sessions are printed by how they counted, by month and by day, each with its code', () => {
  const said = sessionsSaid([
    { id: '2026-09-30 AM', code: '/', as: 'attended' },
    { id: '2026-09-30 PM', code: 'U', as: 'unauthorised absence' },
    { id: '2026-10-01 AM', code: 'L', as: 'attended' },
    { id: '2026-10-01 PM', code: '\\', as: 'attended' },
    { id: '2026-10-02 AM', code: '', as: 'no mark' },
    { id: '2026-10-02 PM', code: '', as: 'no mark' },
    { id: '2026-10-05 PM', code: '', as: 'no mark' },
  ]);
  expect(JSON.parse(JSON.stringify(said).replaceAll('\u00a0', ' '))).toEqual([
    { as: 'unauthorised absence', sessions: 1, months: [{ month: 'September 2026', days: 'Wed 30 pm U' }] },
    {
      as: 'attended',
      sessions: 3,
      months: [
        { month: 'September 2026', days: 'Wed 30 am /' },
        { month: 'October 2026', days: 'Thu 1 L \\' },
      ],
    },
    { as: 'no mark', sessions: 3, months: [{ month: 'October 2026', days: 'Fri 2 am and pm, Mon 5 pm' }] },
  ]);
});
