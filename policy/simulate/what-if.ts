import { type Day, shortDay } from '../calendar/day.ts';
import { isSchoolDay, type SchoolCalendar, schoolDaysBetween } from '../calendar/school-calendar.ts';
import type { Action, Proposal } from '../case/proposal.ts';
import type { Answer } from '../pack/example.ts';
import type { Pack } from '../pack/pack.ts';
import type { ReferralAction, ReferralProposal } from '../referral/proposal.ts';
import { Refusal } from '../refusal.ts';
import { codeOn } from '../register/codes.ts';
import { type Mark, type Session, sessionId } from '../register/mark.ts';
import { authorityWho, peopleWho } from './assumptions.ts';
import { type AskedThere, type AuthorityPeople, notAgreed, type ReplyThere } from './authority-people.ts';
import { type Difference, differenceOf } from './difference.ts';
import { aboutOf, replyOf } from './example.ts';
import { type PupilYear, pupilStory } from './one-pupil.ts';
import type { People } from './people.ts';
import type { SimulatedPupil } from './pupil.ts';
import { storyOf, type Told } from './story.ts';

/** One thing that is otherwise, all else being the same. A proposal is named by what it is about and the day it was made. */
export type WhatIf =
  | { what: 'mark'; on: Day; session: Session; code: string }
  | { what: 'decision'; about: string; madeOn: Day; say: Answer['say'] }
  | { what: 'day'; about: string; madeOn: Day; decidedOn: Day }
  | { what: 'policy'; pack: Pack };

/** A pupil's year as it is, with one thing otherwise, and where the two part. */
export type Otherwise = { asItWas: Told[]; otherwise: Told[]; parts: Difference | null };

/**
 * One pupil's year, and the same with one thing otherwise.
 * @throws Refusal('BadInput') for a mark or a day that cannot be, a proposal that was never made, or an answer that it cannot have
 */
export function tryOtherwise(year: PupilYear, pack: Pack, change: WhatIf): Otherwise {
  const { pupil, assumptions, authority: profile, ...days } = year;
  const asItWas = pupilStory(year, pack);
  mustBePossible(change, days, asItWas);
  const other = change.what === 'policy' ? change.pack : pack;
  const otherwise = storyOf(change.what === 'mark' ? withMark(pupil, change) : pupil, {
    ...days,
    pack: other,
    people: peopleIf(peopleWho(assumptions, pupil.id), change),
    authority: { profile, people: authorityIf(authorityWho(assumptions, pupil.id), change) },
  });
  return { asItWas, otherwise, parts: differenceOf({ pupil, told: asItWas, pack }, { pupil, told: otherwise, pack: other }) };
}

type Days = Pick<PupilYear, 'calendar' | 'from' | 'until'>;

function mustBePossible(change: WhatIf, { calendar, from, until }: Days, told: readonly Told[]): void {
  const wrong = (text: string) => new Refusal('BadInput', text);
  const on = change.what === 'mark' ? change.on : change.what === 'day' ? change.decidedOn : null;
  if (on !== null && (on < from || on > until || !isSchoolDay(calendar, on)))
    throw wrong(`${shortDay(on)} is no school day of this year that the register knows: choose another`);
  if (change.what === 'mark') codeOn(change.code, change.on);
  if (change.what !== 'decision' && change.what !== 'day') return;
  const meant = told.find(({ event }) => event.type === 'proposed' && isMeant(change, event.proposal));
  if (meant?.event.type !== 'proposed')
    throw wrong(`Nothing about “${change.about}” was proposed on ${shortDay(change.madeOn)}: choose one of the story`);
  if (change.what === 'day' && change.decidedOn < change.madeOn)
    throw wrong(`It was proposed on ${shortDay(change.madeOn)}: choose that day or a later one`);
  const { what } = meant.event.proposal.action;
  const needed = change.what === 'decision' ? saidOnlyOf[change.say] : undefined;
  if (needed && !needed.of.includes(what)) throw wrong(`Only of ${needed.says} can that be said: choose another answer`);
}

/** Answers that only one kind of proposal can have. */
const saidOnlyOf: Partial<Record<Answer['say'], { of: readonly (Action | ReferralAction)['what'][]; says: string }>> = {
  'not reached': { of: ['call'], says: 'a call' },
  refused: { of: ['meeting', 'agree contract'], says: 'a meeting or a contract' },
  'not attended': { of: ['meeting', 'agree contract'], says: 'a meeting or a contract' },
};

const isMeant = ({ about, madeOn }: { about: string; madeOn: Day }, proposal: Proposal | ReferralProposal): boolean =>
  madeOn === proposal.madeOn && about === aboutOf(proposal.action);

/** The pupil with one mark otherwise, from the beginning. The marks are the same array as long as the register's are. */
function withMark(pupil: SimulatedPupil, { on, session, code }: Mark): SimulatedPupil {
  const changed = new Map<readonly Mark[], readonly Mark[]>();
  const id = sessionId({ on, session });
  return {
    ...pupil,
    marksOn(day) {
      const marks = pupil.marksOn(day);
      const had = changed.get(marks);
      if (had) return had;
      const others = marks.filter((mark) => sessionId(mark) !== id);
      const place = others.findIndex((mark) => sessionId(mark) > id);
      const now = others.toSpliced(place < 0 ? others.length : place, 0, { on, session, code });
      changed.set(marks, now);
      return now;
    },
  };
}

const peopleIf =
  (people: People, change: WhatIf): People =>
  (proposal, calendar, on) => {
    const usual = people(proposal, calendar, on);
    if ((change.what !== 'decision' && change.what !== 'day') || !isMeant(change, proposal)) return usual;
    if (change.what === 'decision') return replyOf({ say: change.say, after: usual?.after ?? 0 }, proposal, calendar, on);
    return usual && { ...usual, after: schoolDaysTo(calendar, proposal.madeOn, change.decidedOn) };
  };

/** The same on the authority's side. */
const authorityIf = (people: AuthorityPeople, change: WhatIf): AuthorityPeople => ({
  ...people,
  reply(asked) {
    const usual = people.reply(asked);
    const { proposal, c } = asked;
    if ((change.what !== 'decision' && change.what !== 'day') || !isMeant(change, proposal)) return usual;
    if (change.what === 'decision') return replyThere(people, change.say, asked, usual?.after ?? 0);
    return usual && { ...usual, after: schoolDaysTo(c.calendar, proposal.madeOn, change.decidedOn) };
  },
});

function replyThere(people: AuthorityPeople, say: Answer['say'], asked: AskedThere, after: number): ReplyThere {
  if (say === 'nothing') return null;
  if (say === 'yes') return { after, decisions: () => people.agreed(asked) };
  if (say === 'refused' || say === 'not attended') return { after, decisions: () => [notAgreed(asked, say)] };
  return { after, decisions: () => people.declined(asked) };
}

/** School days that are waited from one day to another; 0 on the same. */
const schoolDaysTo = (calendar: SchoolCalendar, from: Day, to: Day): number =>
  schoolDaysBetween(calendar, from, to).filter((day) => day > from).length;
