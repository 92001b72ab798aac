import { type Day, longDay, shortDay } from '../../policy/calendar/day.ts';
import { schoolAgeOf } from '../../policy/law/school-age.ts';
import { homeElsewhere } from '../../policy/people/home-authority.ts';
import { type PartTime, partTimeAlert, partTimeWords } from '../../policy/register/part-time.ts';
import { keptUntil } from '../../policy/register/retention.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import type { Pupil } from '../../prisma/generated/client.ts';

const between = (from: Day | null, until: Day | null) => (from === null || until === null ? null : { from, until });

/** What the school knows of a pupil beside the marks, with what follows from the date of birth. */
export function aboutPupil(pupil: Pupil & { school: { authority: { name: string } } }, c2: readonly Day[], today: Day) {
  const born = dayOf(pupil.born);
  const age = schoolAgeOf(born);
  const agreed: PartTime = {
    from: dayOrNull(pupil.partTimeFrom),
    until: dayOrNull(pupil.partTimeUntil),
    review: dayOrNull(pupil.partTimeReview),
  };
  const alert = partTimeAlert(agreed, c2, today);
  const span = between(agreed.from, agreed.until);
  return {
    born,
    compulsorySchoolAge: { ...age, now: age.from <= today && today <= age.until },
    dual: pupil.dualRegistration === null ? null : { as: asOf(pupil.dualRegistration), otherSchool: pupil.otherSchool },
    homeAuthority: homeElsewhere(pupil.homeAuthority, pupil.school.authority.name),
    partTime: span && { ...span, review: agreed.review },
    partTimeAlert: alert && partTimeWords(alert),
    integration: between(dayOrNull(pupil.integrationFrom), dayOrNull(pupil.integrationUntil)),
  };
}
export type AboutPupil = ReturnType<typeof aboutPupil>;

const asOf = (text: string): 'main' | 'subsidiary' => (text === 'main' ? 'main' : 'subsidiary');

const spanWords = ({ from, until }: { from: Day; until: Day }) => `From ${shortDay(from)} to ${shortDay(until)}`;

/** The same in words, a line each; only what there is. */
export function aboutRows(
  { compulsorySchoolAge: age, dual, homeAuthority, partTime, integration, born }: AboutPupil,
  { onRollFrom, onRollTo }: OnRoll,
  today: Day,
): [string, string][] {
  return [
    ['Born', longDay(born)],
    ['On the roll', rollWords({ onRollFrom, onRollTo })],
    ...(onRollTo !== null && onRollTo < today ? [['Record', keptWords(onRollTo)] as [string, string]] : []),
    ['Compulsory school age', ageWords(age, today)],
    ...(dual ? [['Dual registered', dualWords(dual)] as [string, string]] : []),
    ...(homeAuthority ? [['Lives in the area of', homeAuthority] as [string, string]] : []),
    ...(partTime ? [['Part-time timetable', partTimeLine(partTime)] as [string, string]] : []),
    ...(integration ? [['Integration period', spanWords(integration)] as [string, string]] : []),
  ];
}

type OnRoll = { onRollFrom: Day; onRollTo: Day | null };

/** "Since Wednesday 2 September 2026"; of who has left, or is known to leave, until when too. */
export const rollWords = ({ onRollFrom, onRollTo }: OnRoll): string =>
  onRollTo === null ? `Since ${longDay(onRollFrom)}` : `From ${longDay(onRollFrom)} to ${longDay(onRollTo)}`;

const keptWords = (last: Day): string =>
  `Every entry of the register is kept for six years, the last until ${longDay(keptUntil(last))} at least`;

function ageWords({ from, until }: AboutPupil['compulsorySchoolAge'], today: Day): string {
  if (today < from) return `Not yet: from ${longDay(from)}`;
  return today > until ? `No longer: it ended on ${longDay(until)}` : `Since ${longDay(from)}, until ${longDay(until)}`;
}

const dualWords = ({ as, otherSchool }: NonNullable<AboutPupil['dual']>) =>
  `This is the ${as} school${otherSchool === null ? '' : `, the other is ${otherSchool}`}`;

const partTimeLine = (partTime: NonNullable<AboutPupil['partTime']>) =>
  `${spanWords(partTime)}${partTime.review === null ? ', no review is agreed' : `, review on ${shortDay(partTime.review)}`}`;
