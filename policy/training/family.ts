import { draw, pick } from './draw.ts';
import { parentNames } from './names.ts';
import type { Trainee } from './trainee.ts';

export type Cells = Readonly<Record<string, string>>;

const streets: readonly [string, ...string[]] = [
  'Kiln Row',
  'Orchard Close',
  'Tannery Lane',
  'Station Terrace',
  'Beacon View',
  'Weir Street',
  'Larch Grove',
  'Priory Way',
];

/** The rows of a contacts file for a pupil: who the parents are, where they live, and what must not happen. */
export function contactsOf(trainee: Trainee): Cells[] {
  const { family, siblingOf } = trainee;
  if (family === 'looked after') return [localAuthority(trainee)];
  const home = siblingOf ?? trainee.no;
  const first = parent(trainee, home, 1, { address: addressOf(home, 'home') });
  if (family === 'one parent' || family === 'no e-mail') return [{ ...first, ...(family === 'no e-mail' ? { email: '' } : {}) }];
  if (family === 'together') return [first, parent(trainee, home, 2, { address: addressOf(home, 'home') })];
  const second = parent(trainee, home, 2, { address: addressOf(home, 'other'), lives_with: 'no' });
  if (family === 'polish' || family === 'arabic')
    return [
      { ...first, language: family === 'polish' ? 'pl' : 'ar' },
      parent(trainee, home, 2, { address: addressOf(home, 'home') }),
    ];
  return [first, family === 'no contact' ? { ...second, ...order } : second];
}

/** A non-molestation order: nothing about the child goes to this person while it is in force. */
const order = {
  restriction: 'No contact: non-molestation order',
  restriction_from: '2026-06-01',
  restriction_until: '2027-05-31',
  restriction_document: 'Sealed order seen at the office, file ref NM-26',
  restriction_read_by: 'Designated safeguarding lead',
};

function parent(trainee: Trainee, home: string, which: 1 | 2, more: Cells): Cells {
  const number = Number(home.slice(1));
  const surname = trainee.surname === '' ? 'Wati' : trainee.surname;
  return {
    contact_no: `P${String(number).padStart(4, '0')}${which}`,
    admission_no: trainee.no,
    title: '',
    full_name: `${pick(`${home} parent ${which}`, parentNames)} ${homeSurname(home, which, surname)}`,
    relationship: which === 1 ? 'Mother' : 'Father',
    parental_responsibility: 'yes',
    lives_with: 'yes',
    permission: 'full',
    priority: String(which),
    email: `p${String(number).padStart(4, '0')}.${which}@families.example`,
    phone: `07700 900${String(number % 1000).padStart(3, '0')}`,
    postcode: `OK1 ${1 + (number % 9)}${'ABDEFGHJLN'[number % 10]}${'PQRSTUWXYZ'[which]}`,
    language: 'en',
    ...noRestriction,
    ...more,
  };
}

/** One person with two children is one person, whatever the second child is called: named after the home, not the child. */
const homeSurname = (home: string, which: number, surname: string): string =>
  which === 2 && draw(`${home} own name`) < 0.2 ? pick(`${home} other name`, ['Hill', 'Rees', 'Shah', 'Young']) : surname;

const noRestriction = {
  restriction: '',
  restriction_from: '',
  restriction_until: '',
  restriction_document: '',
  restriction_read_by: '',
};

const addressOf = (home: string, which: string): string =>
  `${1 + Math.floor(draw(`${home} ${which} door`) * 120)} ${pick(`${home} ${which} street`, streets)};Oakbridge`;

function localAuthority(trainee: Trainee): Cells {
  return {
    ...parent(trainee, trainee.no, 1, { address: 'Shire House;Severn Street;Severnport' }),
    full_name: 'Corporate Parenting Team',
    relationship: 'Local authority',
    lives_with: 'no',
    email: 'corporate.parent@severnshire.example',
  };
}
