import { codeTable } from '../../policy/register/codes.ts';
import { date, type Field, radios, select, short, text } from '../layout/fields.ts';

/** The form for one mark. Codes that have ended are not offered: a register of those days is imported. */
export const correctionFields: Field[] = [
  date('on', 'Day'),
  radios('session', 'Session', [
    { value: 'AM', text: 'Morning' },
    { value: 'PM', text: 'Afternoon' },
  ]),
  select('code', 'What it should be', [
    { value: '', text: 'Choose' },
    ...codeTable.filter(({ until }) => until === null).map(({ code, words }) => ({ value: code, text: `${code} ${words}` })),
  ]),
  short('minutesLate', 'Minutes late (optional)', 'With L or U. Left empty, what is known of them stays; 0 takes it away.'),
  text('reason', 'Reason', 'It is kept in the register with your name and your role.'),
];
