import { addDays, type Day } from '../calendar/day.ts';
import type { PupilFlag } from '../people/flags.ts';
import { draw, pick } from './draw.ts';
import { boys, girls, surnames } from './names.ts';
import { type Shape, shares } from './shape.ts';

/** What a family asks of those who write to it. Each of these bites somewhere. */
export type Family = 'together' | 'one parent' | 'separated' | 'no contact' | 'no e-mail' | 'polish' | 'arabic' | 'looked after';

export type Trainee = {
  no: string;
  n: number;
  chosen: string;
  legal: string;
  surname: string;
  born: Day;
  yearGroup: number;
  className: string;
  flags: readonly PupilFlag[];
  family: Family;
  /** The pupil whose parents these are too. */
  siblingOf: string | null;
  shape: Shape;
  /** For a scripted pupil: the days missed, whole ("2026-09-08") or half ("2026-10-06 PM"), and their codes. */
  script: Readonly<Record<string, string>>;
};

type Special = Partial<Trainee>;

const days = (code: string, ...list: string[]): Record<string, string> => Object.fromEntries(list.map((day) => [day, code]));
const weekly = (code: string, from: Day, weeks: number, ...offsets: number[]): Record<string, string> =>
  days(code, ...Array.from({ length: weeks }, (_, week) => offsets.map((offset) => addDays(from, 7 * week + offset))).flat());

/**
 * Pupils that someone learning should meet. A0001 walks the whole ladder: exactly 96% on 6 October, below it the next
 * day, and never better. A0002 recovers after letter 2 and stays well.
 */
const special: readonly Special[] = [
  {
    chosen: 'Zoë',
    legal: 'Zoë Marie Ashworth',
    surname: 'Ashworth',
    shape: 'scripted',
    family: 'separated',
    script: {
      '2026-09-14 AM': 'M',
      '2026-10-06 PM': 'O',
      ...days('O', '2026-10-07', '2026-10-08', '2026-10-13', '2026-10-15', '2026-10-20', '2026-10-21'),
      ...weekly('O', '2026-11-03', 30, 0, 1),
    },
  },
  {
    chosen: 'Łukasz',
    surname: 'Wójcik',
    shape: 'scripted',
    family: 'polish',
    script: days('I', '2026-09-08', '2026-09-09', '2026-09-10', '2026-09-14', '2026-09-15', '2026-09-16'),
  },
  {
    chosen: 'Niamh',
    surname: "O'Brien",
    shape: 'scripted',
    family: 'no contact',
    script: days('O', '2026-09-17', '2026-09-24', '2026-10-12', '2026-11-10'),
  },
  {
    chosen: 'Minh',
    surname: 'Nguyễn',
    shape: 'scripted',
    family: 'no e-mail',
    script: days('I', '2026-09-22', '2026-09-23', '2026-11-18'),
  },
  {
    chosen: 'Fatima',
    surname: 'Al-Sayed',
    shape: 'scripted',
    family: 'arabic',
    script: days('N', '2026-09-11', '2026-09-28', '2026-10-19'),
  },
  {
    chosen: 'Suharto',
    legal: 'Suharto',
    surname: '',
    shape: 'scripted',
    family: 'one parent',
    script: days('I', '2026-09-29', '2026-10-01'),
  },
  {
    chosen: 'Wilhelmina',
    legal: 'Wilhelmina Featherstonehaugh-Cholmondeley-Warburton-Attenborough',
    surname: 'Featherstonehaugh-Cholmondeley-Warburton-Attenborough',
    shape: 'scripted',
    family: 'together',
    script: days('G', '2026-09-21', '2026-09-22', '2026-09-23', '2026-09-24', '2026-09-25'),
  },
  {
    chosen: 'Jake',
    surname: 'Marlow',
    shape: 'scripted',
    family: 'looked after',
    flags: ['looked-after', 'social-worker'],
    script: days('O', '2026-09-15', '2026-09-16', '2026-10-14'),
  },
  {
    chosen: 'Poppy',
    surname: 'Barnes',
    shape: 'scripted',
    family: 'together',
    yearGroup: 0,
    script: days('I', '2026-09-30', '2026-10-01'),
  },
  {
    chosen: 'Arthur',
    surname: 'Harding',
    shape: 'scripted',
    family: 'separated',
    flags: ['bereaved'],
    script: days('C', '2026-09-18', '2026-09-21', '2026-09-22'),
  },
  { chosen: 'Ella', surname: 'Harding', shape: 'scripted', siblingOf: 'A0010', script: days('C', '2026-09-18', '2026-09-21') },
  ...['2026-10-06 AM', '2026-10-06 PM', '2026-10-05 PM'].map((second, i) => ({
    shape: 'scripted' as const,
    script: { [`2026-09-${15 + i} AM`]: 'I', [second]: 'I' },
  })),
];

const letters = ['A', 'B', 'C'] as const;

function trainee(i: number): Trainee {
  const no = `A${String(i + 1).padStart(4, '0')}`;
  const given = special[i] ?? {};
  const yearGroup = given.yearGroup ?? (i < special.length ? 9 - (i % 3) : i % 12);
  const surname = given.surname ?? pick(`${no} surname`, surnames);
  const chosen = given.chosen ?? pick(`${no} first`, draw(`${no} sex`) < 0.5 ? girls : boys);
  const sibling = i > special.length && draw(`${no} sibling`) < 0.18 ? `A${String(i).padStart(4, '0')}` : null;
  return {
    no,
    n: i + 1,
    chosen: surname === '' ? chosen : `${chosen} ${surname}`,
    legal: given.legal ?? `${chosen} ${surname}`,
    surname,
    born: born(no, yearGroup),
    yearGroup,
    className: `${yearGroup === 0 ? 'R' : yearGroup}${letters[Math.floor(i / 12) % 3] ?? 'A'}`,
    flags: given.flags ?? flagsOf(no),
    family: given.family ?? familyOf(no),
    siblingOf: given.siblingOf ?? sibling,
    shape: given.shape ?? shapeOf(no),
    script: given.script ?? {},
  };
}

/** A birthday that fits the year group: reception children are four when the year begins. */
const born = (no: string, yearGroup: number): Day => addDays(`${2021 - yearGroup}-09-01`, Math.floor(draw(`${no} born`) * 365));

function shapeOf(no: string): Shape {
  let at = draw(`${no} shape`);
  for (const [shape, share] of Object.entries(shares)) {
    at -= share;
    if (at < 0) return shape as Shape;
  }
  return 'ordinary';
}

function familyOf(no: string): Family {
  const at = draw(`${no} family`);
  if (at < 0.55) return 'together';
  if (at < 0.75) return 'one parent';
  if (at < 0.9) return 'separated';
  if (at < 0.94) return 'no e-mail';
  return at < 0.97 ? 'polish' : at < 0.995 ? 'arabic' : 'no contact';
}

function flagsOf(no: string): PupilFlag[] {
  const chances: readonly (readonly [PupilFlag, number])[] = [
    ['free-school-meals', 0.22],
    ['sen-support', 0.13],
    ['ehcp', 0.04],
    ['social-worker', 0.02],
    ['young-carer', 0.015],
    ['medical', 0.01],
  ];
  return chances.flatMap(([flag, share]) => (draw(`${no} ${flag}`) < share ? [flag] : []));
}

/** The 1,060 pupils of the training school. */
export const trainees: readonly Trainee[] = Array.from({ length: 1060 }, (_, i) => trainee(i));
