import { addDays, type Day } from '../calendar/day.ts';
import type { PupilFlag } from '../people/flags.ts';
import { draw, pick } from './draw.ts';
import type { Family, Trainee } from './made-up-pupil.ts';
import { arabicSurnames, boys, girls, polishSurnames, surnames } from './names.ts';
import { type Shape, shares } from './shape.ts';
import { specialPupils } from './special-pupils.ts';

const classLetters = ['A', 'B', 'C'] as const;

function trainee(i: number, before: readonly Trainee[]): Trainee {
  const no = numberOf(i);
  const given = specialPupils[i] ?? {};
  const yearGroup = given.yearGroup ?? (i < specialPupils.length ? 9 - (i % 3) : i % 12);
  const home = siblingAt(i, before);
  const family = given.family ?? home?.family ?? familyOf(no);
  const surname = given.surname ?? home?.surname ?? pick(`${no} surname`, surnamesOf[family] ?? surnames);
  const first = given.chosen ?? pick(`${no} first`, draw(`${no} sex`) < 0.5 ? girls : boys);
  const second = pick(`${no} second`, draw(`${no} sex`) < 0.5 ? girls : boys);
  return {
    no,
    n: i + 1,
    chosen: surname === '' ? first : `${first} ${surname}`,
    legal: given.legal ?? (second === first ? `${first} ${surname}` : `${first} ${second} ${surname}`),
    surname,
    born: born(no, yearGroup),
    yearGroup,
    className: `${yearGroup === 0 ? 'R' : yearGroup}${classLetters[Math.floor(i / 12) % 3] ?? 'A'}`,
    flags: given.flags ?? flagsOf(no),
    family,
    siblingOf: home?.no ?? null,
    shape: given.shape ?? shapeOf(no),
    script: given.script ?? {},
  };
}

const numberOf = (i: number): string => `A${String(i + 1).padStart(4, '0')}`;

const surnamesOf: Partial<Record<Family, readonly string[]>> = { polish: polishSurnames, arabic: arabicSurnames };

/** The first of the family at this school: the pupil before, who is in the year above or below, or that one's own sibling. */
function siblingAt(i: number, before: readonly Trainee[]): Trainee | undefined {
  const named = specialPupils[i]?.siblingOf;
  if (named) return before.find(({ no }) => no === named);
  const last = before[i - 1];
  if (!last || i <= specialPupils.length || draw(`${numberOf(i)} sibling`) >= 0.18) return undefined;
  return last.siblingOf === null ? last : before.find(({ no }) => no === last.siblingOf);
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

const all: Trainee[] = [];
while (all.length < 1060) all.push(trainee(all.length, all));

/** The 1,060 pupils of the training school. */
export const trainees: readonly Trainee[] = all;
