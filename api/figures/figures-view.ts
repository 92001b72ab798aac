import { counted, inThousands } from '../../policy/counted.ts';
import { bandWords } from '../../policy/figures/bands.ts';
import { lines } from '../../policy/figures/crossings.ts';
import { yearName } from '../../policy/people/year-group.ts';
import { bands } from '../../policy/register/measures/band.ts';
import { charted } from '../charts/chart.ts';
import { gapLine, registerGaps } from '../register/gaps.ts';
import type { View } from '../web/route.ts';
import { type Cell, printed, type Sheet } from '../web/sheet.ts';
import type { Asked } from './asked.ts';
import { figuresOf } from './facts.ts';
import { pupilSheet, pupilsApart } from './pupils-view.ts';
import type { Asking, Scope } from './standings.ts';
import { address, countedUpTo, inWords, misses, pageOf, weekOf } from './words.ts';

type Facts = Awaited<ReturnType<typeof figuresOf>>;
type To = (which: Record<string, string | number>) => string;

/** The figures of a school, a year group or a class: each with what it counts, and the pupils behind it a click away. */
export async function figuresView(ctx: Asking, asked: Scope, { on, within }: Asked): Promise<View> {
  const facts = await figuresOf(ctx, asked, { on, within });
  const scope = facts.of === 'class' ? { className: facts.name } : asked;
  const when = { ...(on ? { on } : {}), ...(within === 4 ? {} : { within }) };
  const to: To = (which) => address('/figures/pupils', { year: scope.yearGroup, class: scope.className, ...when, ...which });
  const here = pageOf(scope);
  return {
    template: 'figures/figures.njk',
    model: {
      ...{ of: facts.of, title: titleOf(facts), here, on: on ?? '', within, asKnown: countedUpTo(facts) },
      whole: facts.of !== 'school' && ctx.user.role !== 'class-teacher',
      facts: summaryOf(facts, to),
      bands: bandChart(facts, to, address(`${here}/bands.svg`, when), address(here, { ...when, as: 'bands' })),
      movement: {
        title: `Movement between bands, ${weekOf(facts.weekBegan)}`,
        ...printed(movementSheet(facts, to), address(here, { ...when, as: 'movement' })),
      },
      approaching: printed(approachingSheet(facts, within, to), address(here, { ...when, as: 'about-to-cross' })),
      ...{ lines: Object.values(lines), enough: facts.enough },
      parts: facts.parts.length === 0 ? null : printed(partsSheet(facts, when), address(here, { ...when, as: 'csv' })),
      pupils: facts.of === 'class' ? await pupilsOf(ctx, scope, { on, within }, to) : null,
      gaps: on ? null : await gapsOf(ctx, scope, facts),
    },
  };
}

const titleOf = ({ of, name }: Facts): string =>
  of === 'school' ? 'Figures of the school' : of === 'class' ? `Figures of class ${name}` : `Figures of ${name}`;

function summaryOf({ pupils, attendance, authorised, unauthorised, withoutSessions, ...facts }: Facts, to: To) {
  const { persistentlyAbsent: persistent, severelyAbsent: severe } = facts;
  const share = (n: number) =>
    pupils - withoutSessions > 0 ? ` (${percent(n, pupils - withoutSessions)} of pupils with a session)` : '';
  return [
    { key: 'Pupils on roll', text: counted(pupils, 'pupil'), href: to({}), says: '' },
    {
      key: 'Attendance',
      text: `${inThousands(attendance.attended)} of ${counted(attendance.possible, 'session')} (${attendance.percent})`,
      href: '',
      says: 'Sessions attended of all that were possible to these pupils this school year',
    },
    { key: 'Authorised absence', text: counted(authorised, 'session'), href: '', says: '' },
    { key: 'Unauthorised absence', text: counted(unauthorised, 'session'), href: '', says: '' },
    {
      key: 'Persistent absence',
      text: `${counted(persistent, 'pupil')}${share(persistent)}`,
      href: persistent > 0 ? to({ absence: 'persistent' }) : '',
      says: 'A tenth or more of their own possible sessions missed, severe absence among them (DfE)',
    },
    {
      key: 'Severe absence',
      text: `${counted(severe, 'pupil')}${share(severe)}`,
      href: severe > 0 ? to({ absence: 'severe' }) : '',
      says: 'Half or more missed (DfE)',
    },
  ];
}

const percent = (n: number, of: number): string => `${Math.floor((n * 1000) / of) / 10}%`;

/** The distribution as a table. */
export const bandSheet = ({ bands: inBands, on }: Facts, to: To | null): Sheet => ({
  ...{ name: `bands-${on}`, caption: 'Pupils by band of attendance' },
  heads: ['Attendance this school year', 'Pupils', 'What it is'],
  rows: inBands.map(({ band, pupils }) => [
    bandWords[band].ends,
    to && pupils > 0 ? { text: pupils, href: to({ band }) } : pupils,
    bandWords[band].says,
  ]),
});

function bandChart(facts: Facts, to: To, src: string, csv: string) {
  const [path = '', query] = src.split('?');
  const said = facts.bands.map(({ band, pupils }) => `${bandWords[band].ends}: ${inThousands(pupils)}`).join('; ');
  return charted({
    ...{ src: path, more: query ? `&${query}` : '', csv },
    alt: `Pupils by attendance of the school year so far. ${said}`,
    caption: `${facts.withoutSessions > 0 ? `${counted(facts.withoutSessions, 'pupil')} without a possible session yet ${facts.withoutSessions === 1 ? 'is' : 'are'} left out. ` : ''}Early in the year a few sessions move a pupil far.`,
    sheet: bandSheet(facts, to),
  });
}

/** How many pupils went from which band to which this week. */
export const movementSheet = ({ movement, on }: Facts, to: To | null): Sheet => ({
  ...{ name: `movement-${on}`, caption: 'From the band before this week to the band of now' },
  heads: ['Before this week', ...bands.map((band) => `Now ${inWords(band)}`)],
  rows: bands.map((from) => [
    bandWords[from].ends,
    ...bands.map((band): Cell => {
      const pupils = movement.find((one) => one.from === from && one.to === band)?.pupils ?? 0;
      return to && pupils > 0 ? { text: pupils, href: to({ was: from, band }) } : pupils;
    }),
  ]),
});

/** How many pupils are about to cross each line, by how many sessions are left. */
export const approachingSheet = ({ approaching, on }: Facts, within: number, to: To | null): Sheet => ({
  ...{ name: `about-to-cross-${on}`, caption: 'Who is about to cross a line, by sessions left' },
  heads: ['Line', ...Array.from({ length: within }, (_, i) => misses(i + 1)), 'Pupils'],
  rows: approaching.map(({ line, pupils, bySessionsLeft }) => [
    lines[line].title,
    ...bySessionsLeft,
    to && pupils > 0 ? { text: pupils, href: to({ line }) } : pupils,
  ]),
});

/** The year groups of a school or the classes of a year group, a row each. */
export const partsSheet = ({ of, parts, on }: Facts, when: { on?: string } | null): Sheet => ({
  ...{ name: `figures-${on}`, caption: of === 'school' ? 'Year groups' : 'Classes' },
  heads: [of === 'school' ? 'Year group' : 'Class', 'Pupils', 'Attendance', ...bands.map((band) => bandWords[band].ends)],
  rows: parts.map(({ of: what, name, pupils, attendance, bands: inBands }) => {
    const text = what === 'year' ? yearName(Number(name)) : name;
    const scope = what === 'year' ? { yearGroup: Number(name) } : { className: name };
    return [
      when ? { text, href: address(pageOf(scope), when) } : text,
      ...[pupils, attendance.percent],
      ...inBands.map((one) => one.pupils),
    ];
  }),
});

async function pupilsOf(ctx: Asking, { className }: Scope, asked: Asked, to: To) {
  const { rows, on } = await pupilsApart(ctx, { ...asked, class: className });
  return printed(pupilSheet(rows, on, { className }), to({ as: 'csv' }));
}

/** What the register lacks of late, here. */
async function gapsOf(ctx: Asking, { className }: Scope, { of, parts }: Facts) {
  const { gaps } = await registerGaps(ctx);
  const classes = new Set(of === 'class' ? [className] : parts.map(({ name }) => name));
  const these = gaps.filter((gap) => of === 'school' || gap.what === 'day' || classes.has(gap.className));
  return these.map(gapLine);
}
