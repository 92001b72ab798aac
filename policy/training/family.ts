import { draw, pick } from './draw.ts';
import type { Trainee } from './made-up-pupil.ts';
import { parentNames, surnames } from './names.ts';

export type Cells = Readonly<Record<string, string>>;
type Parent = keyof (typeof parentNames)['en'];

const streets = ['Kiln Row', 'Orchard Close', 'Tannery Lane', 'Station Terrace', 'Beacon View', 'Weir Street', 'Larch Grove'];

/** The rows of a contacts file for a pupil: who the parents are, where they live, and what must not happen. */
export function contactsOf(trainee: Trainee): Cells[] {
  const { family } = trainee;
  const mother = parent(trainee, 'Mother');
  const father = parent(trainee, 'Father');
  const elsewhere = { ...father, ...home(trainee, 'other'), lives_with: 'no' };
  switch (family) {
    case 'looked after':
      return inCare(trainee);
    case 'one parent':
      return [mother];
    case 'no e-mail':
      return [{ ...mother, email: '' }];
    case 'separated':
      return [mother, elsewhere];
    case 'no contact':
      return [mother, { ...elsewhere, ...order }];
    case 'polish':
      return [{ ...mother, language: 'pl' }, father];
    case 'arabic':
      return [{ ...mother, language: 'ar' }, father];
    case 'together':
      return [mother, father];
  }
}

/** A non-molestation order: nothing about the child goes to this person while it is in force. */
const order = {
  restriction: 'No contact: non-molestation order',
  restriction_from: '2026-06-01',
  restriction_until: '2027-05-31',
  restriction_document: 'Sealed order seen at the office, file ref NM-26',
  restriction_read_by: 'Designated safeguarding lead',
};

const noRestriction = {
  restriction: '',
  restriction_from: '',
  restriction_until: '',
  restriction_document: '',
  restriction_read_by: '',
};

/** A parent as the mother or father of this child. Whoever has two children here is named after the first: one person, one row. */
function parent(trainee: Trainee, as: Parent): Cells {
  const no = firstAtHome(trainee);
  const which = as === 'Mother' ? 1 : 2;
  const number = Number(no.slice(1));
  const phone = (2 * number + which) % 1000;
  return {
    contact_no: `P${no.slice(1)}${which}`,
    admission_no: trainee.no,
    title: '',
    full_name: `${pick(`${no} parent ${which}`, parentNames[tongue(trainee)][as])} ${surnameOf(trainee, as)}`,
    relationship: as,
    parental_responsibility: 'yes',
    lives_with: 'yes',
    permission: 'full',
    priority: String(which),
    email: `p${no.slice(1)}.${which}@families.example`,
    phone: `07700 900${String(phone).padStart(3, '0')}`,
    ...home(trainee, 'home'),
    language: 'en',
    ...noRestriction,
  };
}

const firstAtHome = ({ no, siblingOf }: Trainee): string => siblingOf ?? no;

const tongue = ({ family }: Trainee): keyof typeof parentNames =>
  family === 'polish' ? 'pl' : family === 'arabic' ? 'ar' : 'en';

/** One father in five has a name of his own. The parent of a child of one name has a second name all the same. */
function surnameOf(trainee: Trainee, as: Parent): string {
  const no = firstAtHome(trainee);
  if (trainee.surname === '') return 'Wati';
  return as === 'Father' && draw(`${no} own name`) < 0.2 ? pick(`${no} other name`, surnames) : trainee.surname;
}

/** A street and a postcode that do not exist. */
function home(trainee: Trainee, which: 'home' | 'other'): Cells {
  const name = `${firstAtHome(trainee)} ${which}`;
  const door = 1 + Math.floor(draw(`${name} door`) * 120);
  const inward = pick(`${name} postcode`, ['1AB', '2DE', '3FG', '4HJ', '5LN', '6PQ', '7RS', '8TU', '9WX']);
  return { address: `${door} ${pick(`${name} street`, streets)};Oakbridge`, postcode: `OK${which === 'home' ? 1 : 2} ${inward}` };
}

/** A child in care: the authority is the parent, the social worker is told, and the birth mother is not written to. */
function inCare(trainee: Trainee): Cells[] {
  const mother = parent(trainee, 'Mother');
  const number = mother.contact_no?.slice(0, -1);
  const council = { address: 'Shire House;Severn Street;Severnport', postcode: 'OK9 1AA', lives_with: 'no' };
  return [
    {
      ...mother,
      ...council,
      full_name: 'Corporate Parenting Team',
      relationship: 'Local authority',
      email: 'corporate.parent@severnshire.example',
      phone: '01632 960210',
    },
    {
      ...mother,
      ...council,
      contact_no: `${number}2`,
      full_name: 'Rosalind Amoah',
      relationship: 'Social worker',
      parental_responsibility: 'no',
      priority: '2',
      email: 'rosalind.amoah@severnshire.example',
      phone: '01632 960211',
    },
    { ...mother, contact_no: `${number}3`, lives_with: 'no', permission: 'none', priority: '3' },
  ];
}
