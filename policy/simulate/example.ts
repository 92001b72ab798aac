import { type Day, shortDay } from '../calendar/day.ts';
import { type SchoolCalendar, schoolDaysBetween } from '../calendar/school-calendar.ts';
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
  const asked = told.flatMap(askedIn);
  const expected = example.expect.filter((one) => 'asks' in one);
  const wrong = expected.map(said).join('; ') === asked.map(said).join('; ') ? [] : [difference(expected, asked)];
  const others = example.expect.filter((one) => !('asks' in one));
  const happened = told.flatMap(otherIn).map(said);
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
  });
  return atSchool(story);
}

const schoolYear = (day: Day): number => Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0);

function difference(expected: readonly Expected[], asked: readonly Expected[]): string {
  const [want, got] = [expected.map(said), asked.map(said)];
  const at = want.findIndex((one, i) => one !== got[i]);
  const i = at < 0 ? want.length : at;
  return `Expected ${want[i] ?? 'nothing more'}, but ${got[i] ?? 'nothing more'} was asked (all that was: ${got.join('; ') || 'nothing'})`;
}

function said(one: Expected): string {
  if ('asks' in one) return `on ${shortDay(one.on)} ${one.asks} of the ${one.of}`;
  return 'stage' in one ? `on ${shortDay(one.on)} the stage ${one.stage}` : `on ${shortDay(one.on)} the close`;
}

const askedIn = ({ on, event }: ToldOfCase): Expected[] =>
  event.type === 'proposed' ? [{ on, asks: aboutOf(event.proposal.action), of: event.proposal.person }] : [];

function otherIn({ on, event }: ToldOfCase): Expected[] {
  if (event.type === 'stage entered') return [{ on, stage: event.stage }];
  return event.type === 'closed' ? [{ on, closes: true }] : [];
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
