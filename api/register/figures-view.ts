import { type Day, longDay, shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { counted } from '../../policy/counted.ts';
import type { Counted, Figure } from '../../policy/register/measures/figure.ts';
import { sessionsSaid } from '../../policy/register/measures/sessions-said.ts';
import { figureSaid } from '../../policy/register/measures/words.ts';
import { address } from '../figures/words.ts';
import { date, line } from '../layout/fields.ts';
import type { View } from '../web/route.ts';
import type { Sheet } from '../web/sheet.ts';
import { knownInput } from './known-on.ts';
import { keyOf } from './mark-cell.ts';

type Figures = {
  pupil: { id: string; name: string };
  on: Day;
  knownOn: Day | null;
  today: Day;
  subjects: { subject: string; figures: readonly Figure[] }[];
};
type Shown = { query: { lists?: 'open' | undefined; [name: string]: unknown }; typed: Record<string, unknown> };

/** Every figure of a pupil with the sessions under it, and fields for the day, for what was known when, and for any other days. */
export const figuresView = ({ pupil, on, knownOn, today, subjects }: Figures, { query, typed }: Shown): View => {
  const href = `/register/${pupil.id}/figures`;
  const { lists, ...read } = query;
  const asked = Object.fromEntries(
    Object.keys(read).flatMap((name) => (typeof typed[name] === 'string' ? [[name, typed[name]]] : [])),
  );
  return {
    template: 'register/figures.njk',
    model: {
      name: pupil.name,
      href: `/register/${pupil.id}`,
      known: knownSaid(on, knownOn, today),
      ...{ typed, open: lists === 'open', ranged: rangeFields.some(({ name }) => (typed[name] ?? '') !== '') },
      ...{
        days: dayFields,
        fields: rangeFields,
        listsHref: address(href, { ...asked, lists: 'open' }),
        csv: address(href, { ...asked, as: 'csv' }),
      },
      key: keyOf(subjects.flatMap(({ figures }) => figures.flatMap(({ sessions }) => sessions.map(({ code }) => code)))),
      subjects: subjects.map(({ subject, figures }) => ({ subject, figures: figures.map(row) })),
    },
  };
};

const dayFields = [date('on', 'Figures of'), knownInput];
const rangeFields = [
  date('from', 'From'),
  date('to', 'To'),
  line('codes', 'Sessions of these codes', 'Such as: I, M. Or: any absence, unexplained, illness'),
  line('without-codes', 'Adjusted: without these codes', 'Such as: C2'),
  line('without-days', 'Adjusted: without these days', 'Such as: 2026-09-07 to 2026-09-18; 2026-10-01'),
  line('without-sessions', 'Adjusted: without these sessions', 'Such as: 2026-09-14 AM; 2026-09-14 PM'),
];

/** Of which day the figures are, and who knew what when they are of an earlier knowledge. */
export function knownSaid(on: Day, knownOn: Day | null, today: Day): string {
  if (knownOn === null && on === today) return `As it is known now, ${longDay(on)}.`;
  const upTo = knownOn === on ? '' : `Up to the end of ${longDay(on)}. `;
  if (knownOn === null) return `${upTo}As it is known now.`;
  return `${upTo}As it was known at the end of ${longDay(knownOn)}. What came in or was corrected later is not counted. The school’s calendar and the days on roll are as they are now.`;
}

/** The figures as a file: one a row, with the sessions that make it up. */
export const figuresSheet = ({ pupil, on, subjects }: Figures): Sheet => ({
  ...{ name: `figures-${on}`, caption: `Figures of ${pupil.name}` },
  heads: ['Subject', 'Figure', 'Value', 'Note', 'From', 'To', 'Possible sessions', 'Sessions counted'],
  rows: subjects.flatMap(({ subject, figures }) =>
    figures.map((figure) => [
      ...[subject, figure.label, figureSaid(figure), figure.value ? figure.note : null],
      ...[figure.span.from, figure.span.to, figure.possible],
      figure.sessions.map(({ id, code }) => `${id} ${code}`.trimEnd()).join('; '),
    ]),
  ),
});

const row = (figure: Figure) => ({
  label: figure.label,
  said: figureSaid(figure),
  note: figure.value ? (figure.note ?? '') : '',
  days: `${shortDay(figure.span.from)} to ${shortDay(figure.span.to)}`,
  counted: counted(figure.sessions.length, 'session'),
  sessions: countedRows(figure.sessions),
});

/** The sessions of a figure as `register/counted.njk` prints them. */
export const countedRows = (all: readonly Counted[]) =>
  sessionsSaid(all).map(({ as, sessions, months }) => ({ as: capital(as), months, sessions: counted(sessions, 'session') }));
