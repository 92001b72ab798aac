import { type Day, shortDay } from '../calendar/day.ts';
import { type SchoolCalendar, schoolDaysBetween } from '../calendar/school-calendar.ts';
import type { ReferralOutcome } from '../case/input.ts';
import type { Action, Proposal } from '../case/proposal.ts';
import type { Answer, Example, Expected } from '../pack/example.ts';
import type { Pack } from '../pack/pack.ts';
import type { ReferralAction } from '../referral/proposal.ts';
import type { Mark, Session } from '../register/mark.ts';
import { exampleCalendar } from './example-calendar.ts';
import { agreed, declined, type People, type Reply } from './people.ts';
import { oneParent, type SimulatedPupil } from './pupil.ts';
import { atSchool, storyOf, type ToldOfCase } from './story.ts';

/** What an example's case did otherwise than the pack says: nothing, if it is as expected. */
export function wrongIn(pack: Pack, example: Example): string[] {
  const told = exampleTold(pack, example);
  const expected = example.expect.filter((one) => 'asks' in one);
  const asked = told.flatMap(askedIn).map((one, i) => (expected[i]?.due ? one : { ...one, due: undefined }));
  const wrong = expected.map(said).join('; ') === asked.map(said).join('; ') ? [] : [difference(expected, asked)];
  const others = example.expect.filter((one) => !('asks' in one));
  const happened = told.flatMap((one) => otherIn(one, told, pack)).map(said);
  return [
    ...wrong,
    ...others
      .map(said)
      .filter((one) => !happened.includes(one))
      .map((one) => `Did not happen: ${one}`),
  ];
}

/** The example's case as it is told from its first school day to its last. */
export function exampleTold(pack: Pack, example: Example): ToldOfCase[] {
  const calendar = exampleCalendar(example.closed);
  const from = example.from ?? `${schoolYear(example.until)}-09-01`;
  const story = storyOf(pupilOf(example, calendar, from), {
    ...{ pack, calendar, from, until: example.until },
    people: peopleOf(example.answers),
    comesBack: (on) => example.authority.flatMap((one) => (one.on === on ? [saidThere[one.says]] : [])),
  });
  return atSchool(story);
}

/** Nobody reads what the authority writes beside it here. */
const saidThere: Record<Example['authority'][number]['says'], ReferralOutcome> = {
  accepted: { what: 'accepted' },
  returned: { what: 'returned', missing: ['letters-sent'], textId: '00000000-0000-4000-8000-000000000000' },
  ended: { what: 'ended', how: 'no action' },
};

const schoolYear = (day: Day): number => Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0);

function difference(expected: readonly Expected[], asked: readonly Expected[]): string {
  const [want, got] = [expected.map(said), asked.map(said)];
  const at = want.findIndex((one, i) => one !== got[i]);
  const i = at < 0 ? want.length : at;
  return `Expected ${want[i] ?? 'nothing more'}, but ${got[i] ?? 'nothing more'} was asked (all that was: ${got.join('; ') || 'nothing'})`;
}

function said(one: Expected): string {
  const on = `on ${shortDay(one.on)}`;
  if ('asks' in one) return `${on} ${one.asks} of the ${one.of}${one.due ? `, due ${dueSaid(one.due)}` : ''}`;
  if ('reminds' in one) return `${on} the ${one.reminds} reminded of ${one.of}`;
  if ('also asks' in one) return `${on} the ${one['also asks']} asked too about ${one.about}`;
  return 'stage' in one ? `${on} the stage ${one.stage}` : `${on} the close`;
}

const dueSaid = (due: string): string => `${shortDay(due.slice(0, 10))}${due.slice(10)}`;

type Asked = Extract<Expected, { asks: string }>;

function askedIn({ on, event }: ToldOfCase): Asked[] {
  if (event.type !== 'proposed') return [];
  const { action, person, due, dueAt } = event.proposal;
  return [{ on, asks: aboutOf(action), of: person, due: dueAt ? `${due} ${dueAt}` : due }];
}

function otherIn({ on, of, event }: ToldOfCase, told: readonly ToldOfCase[], { people }: Pack): Expected[] {
  if (event.type === 'stage entered') return [{ on, stage: event.stage }];
  if (event.type === 'closed') return [{ on, closes: true }];
  if (event.type !== 'reminded' && event.type !== 'escalated') return [];
  return told.flatMap((one): Expected[] => {
    if (one.of !== of || one.event.type !== 'proposed' || one.event.proposal.key !== event.key) return [];
    const { action, person } = one.event.proposal;
    const about = aboutOf(action);
    if (event.type === 'reminded') return [{ on, reminds: person, of: about }];
    return [{ on, 'also asks': people[person]?.['stands in'] ?? '', about }];
  });
}

/** What a proposal is about, as an example names it; and on the authority's side what is asked there. */
export function aboutOf(action: Action | ReferralAction): string {
  if ('template' in action) return action.what === 'letter' ? action.template : action.what;
  if ('script' in action) return action.script;
  if (action.what === 'permission') return `${action.task}: ${action.whether === undefined ? 'permission' : 'whether'}`;
  return action.what === 'task' ? action.task : action.what;
}

/** Somebody of whom the example says nothing agrees on the same day. */
const peopleOf =
  (answers: readonly Answer[]): People =>
  (proposal, calendar, on) => {
    const { madeOn } = proposal;
    const found = answers.find(
      ({ to, from = madeOn, until = madeOn }) => to === aboutOf(proposal.action) && from <= madeOn && madeOn <= until,
    );
    return found ? replyOf(found, proposal, calendar, on) : { after: 0, decision: agreed(proposal, calendar, on) };
  };

/** What somebody says of whom a rule or a reader knows what they say. */
export function replyOf(
  { say, after = 0 }: Pick<Answer, 'say' | 'after'>,
  proposal: Proposal,
  calendar: SchoolCalendar,
  on: Day,
): Reply {
  if (say === 'nothing') return null;
  if (say === 'no') return { after, decision: declined };
  const decision = agreed(proposal, calendar, on);
  if (say === 'not reached') return { after, decision: { choice: 'called', reached: false, offers: [] } };
  if (say === 'yes' || decision.choice !== 'met') return { after, decision };
  return { after, decision: { ...decision, happened: say } };
}

function pupilOf({ pupil, marked, corrected, concern }: Example, calendar: SchoolCalendar, from: Day): SimulatedPupil {
  const onRollFrom = pupil?.['on roll from'] ?? from;
  return {
    ...{ id: 'example', onRollFrom, onRollTo: null, recipients: oneParent },
    ...{ flags: pupil?.flags ?? [], born: pupil?.born ?? '2014-05-11', yearGroup: pupil?.['year group'] ?? 7 },
    ...{ concern, settlingIn: pupil?.['settling in'] && [pupil['settling in']] },
    marksOn: (day) => {
      const later = corrected.filter(({ on }) => on <= day).map((one) => spread(one.marked, calendar));
      const known: Sessions = Object.assign(spread(marked, calendar), ...later);
      return schoolDaysBetween(calendar, onRollFrom, day).flatMap((on) => marksOf(on, known));
    },
  };
}

type Sessions = Example['marked'];

/** The sessions named, each for itself: what is said of some days is said of each of them. */
function spread(sessions: Sessions, calendar: SchoolCalendar): Sessions {
  return Object.fromEntries(
    Object.entries(sessions).flatMap(([when, code]) => {
      const [from = '', to] = when.split(' to ');
      return to === undefined ? [[when, code]] : schoolDaysBetween(calendar, from, to).map((day) => [day, code]);
    }),
  );
}

const sessions: readonly Session[] = ['AM', 'PM'];

const marksOf = (on: Day, known: Sessions): Mark[] =>
  sessions.flatMap((session) => {
    const code = known[`${on} ${session}`] ?? known[on] ?? (session === 'AM' ? '/' : '\\');
    return code === 'none' ? [] : [{ on, session, code }];
  });
