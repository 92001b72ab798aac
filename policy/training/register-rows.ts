import { upnCheckLetter } from '../register/upn.ts';
import { type Cells, contactsOf } from './family.ts';
import { registerBegins } from './timetable.ts';
import { type Trainee, trainees } from './trainee.ts';

/** The training school's pupils as the rows of a pupils file. */
export const pupilRows = (): Cells[] => trainees.map(pupilRow);

function pupilRow({ no, n, legal, chosen, born, yearGroup, className, flags }: Trainee): Cells {
  const rest = `8854001${String(26 - yearGroup).padStart(2, '0')}${String(n <= 20 ? 900 + n : Math.floor(n / 12)).padStart(3, '0')}`;
  return {
    admission_no: no,
    upn: `${upnCheckLetter(rest)}${rest}`,
    legal_name: legal,
    chosen_name: chosen,
    date_of_birth: born,
    year_group: yearGroup === 0 ? 'R' : String(yearGroup),
    class: className,
    on_roll_from: registerBegins,
    on_roll_to: '',
    flags: flags.join(';'),
  };
}

/** And its contacts. A parent of two is the same row for each child but for the child. */
export function contactRows(): Cells[] {
  const rows = trainees.flatMap(contactsOf);
  const first = new Map<string, Cells>();
  return rows.map((row) => {
    const number = row.contact_no ?? '';
    const known = first.get(number);
    if (!known) first.set(number, row);
    // The person is as first described; what belongs to the child stays the child's own.
    const { full_name, email, phone, address, postcode, language, title } = known ?? row;
    return { ...row, full_name, email, phone, address, postcode, language, title } as Cells;
  });
}
