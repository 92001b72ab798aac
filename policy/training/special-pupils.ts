import { addDays, type Day } from '../calendar/day.ts';
import type { Trainee } from './made-up-pupil.ts';

export type Special = Partial<Trainee>;

const days = (code: string, ...list: string[]): Record<string, string> => Object.fromEntries(list.map((day) => [day, code]));
const weekly = (code: string, from: Day, weeks: number, ...offsets: number[]): Record<string, string> =>
  days(code, ...Array.from({ length: weeks }, (_, week) => offsets.map((offset) => addDays(from, 7 * week + offset))).flat());

/**
 * Pupils that someone learning should meet. A0001 walks the whole ladder: exactly 96% on 6 October, below it the next
 * day, and never better. A0002 recovers after letter 2 and stays well.
 */
export const specialPupils: readonly Special[] = [
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
    script: days('I', '2026-09-08', '2026-09-09', '2026-09-10', '2026-09-14', '2026-10-08', '2026-10-13'),
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
