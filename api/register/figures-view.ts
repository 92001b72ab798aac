import { type Day, longDay, shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { counted } from '../../policy/counted.ts';
import type { Counted, Figure } from '../../policy/register/measures/figure.ts';
import { sessionsSaid } from '../../policy/register/measures/sessions-said.ts';
import { figureSaid } from '../../policy/register/measures/words.ts';
import type { View } from '../web/route.ts';
import { keyOf } from './mark-cell.ts';

type Figures = {
  pupil: { id: string; name: string };
  on: Day;
  knownOn: Day | null;
  today: Day;
  subjects: { subject: string; figures: readonly Figure[] }[];
};

/** Every figure of a pupil with the sessions under it, and a field for the day whose knowledge is wanted. */
export const figuresView = ({ pupil, on, knownOn, today, subjects }: Figures): View => ({
  template: 'register/figures.njk',
  model: {
    name: pupil.name,
    href: `/register/${pupil.id}`,
    known:
      knownOn === null
        ? `As it is known now, ${longDay(on)}.`
        : `As it was known at the end of ${longDay(on)}. What came in or was corrected later is not counted. The school’s calendar and the days on roll are as they are now.`,
    ...{ knownOn: knownOn ?? '', latest: today },
    key: keyOf(subjects.flatMap(({ figures }) => figures.flatMap(({ sessions }) => sessions.map(({ code }) => code)))),
    subjects: subjects.map(({ subject, figures }) => ({ subject, figures: figures.map(row) })),
  },
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
