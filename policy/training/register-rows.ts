import { upnCheckLetter } from '../register/upn.ts';
import { type Cells, contactsOf } from './family.ts';
import type { Trainee } from './made-up-pupil.ts';
import { registerBegins } from './timetable.ts';
import { trainees } from './trainee.ts';

/** The training school's pupils as the rows of a pupils file. */
export const pupilRows = (): Cells[] => trainees.map(pupilRow);

/** No authority has the number 999: these UPNs are well formed and nobody's. */
function pupilRow({ no, n, legal, chosen, born, yearGroup, className, flags }: Trainee): Cells {
  const rest = `9994001${String(26 - yearGroup).padStart(2, '0')}${String(n <= 20 ? 900 + n : Math.floor(n / 12)).padStart(3, '0')}`;
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

/** And its contacts: a row for each person and child. A parent of two is the same person on both rows. */
export const contactRows = (): Cells[] => trainees.flatMap(contactsOf);
