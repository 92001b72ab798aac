import { addDays, type Day } from '../../policy/calendar/day.ts';
import { calendarFor, goingOn, type SchoolCalendar, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { passingFor } from '../../policy/case/passing.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import { looksBack } from '../../policy/pack/thresholds.ts';
import { type ContactOfChild, placeOf, writtenTo } from '../../policy/people/person.ts';
import { within } from '../../policy/register/mark.ts';
import { penaltyNoticeMarksFrom } from '../../policy/register/measures/penalty-notice-window.ts';
import { whileOnRoll } from '../../policy/register/pupil-register.ts';
import { absenceElsewhereOf } from '../../prisma/absence-elsewhere.ts';
import { agreedTimesOf } from '../../prisma/agreed-times.ts';
import type { Tx } from '../../prisma/client.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { contactOfChild, sameAs } from '../../prisma/persons.ts';
import { pupilRows } from '../../prisma/pupil-rows.ts';
import { onRollOf } from '../../prisma/pupils.ts';
import { calendarOf, marksOfAll } from '../../prisma/register.ts';
import { timeAt, todayAt } from '../../prisma/school-clock.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { colleaguesAt } from '../../prisma/users.ts';

export type PupilCircumstances = Awaited<ReturnType<typeof circumstancesOf>>[number];

/** What both the school's and the authority's rules look at: the pupil, the register as far back as a policy asks, the calendar, the parents. */
export async function pupilCircumstances(tx: Tx, pupilId: string, now: number, pack?: Pack): Promise<PupilCircumstances> {
  const [found] = await circumstancesOf(tx, [pupilId], now, pack);
  if (!found) throw new Error(`There is no pupil ${pupilId}`);
  return found;
}

/** The same of several pupils of one school, with as many questions to the database as for one. */
export async function circumstancesOf(tx: Tx, pupilIds: readonly string[], now: number, pack?: Pack) {
  const pupils = await pupilRows(tx, pupilIds);
  if (!pupils[0]) return [];
  const { school } = pupils[0];
  const on = todayAt(school, now);
  const calendar = await calendarOf(tx, school.id);
  const from = registerFrom(calendar, on, pack);
  const marks = await marksOfAll(tx, pupilIds, { from, to: on });
  const elsewhere = await absenceElsewhereOf(tx, pupilIds, { from, to: on });
  const same = await sameAs(
    tx,
    pupils.flatMap(({ contacts }) => contacts.map(({ contactId }) => contactId)),
  );
  const colleagues = await colleaguesAt(tx, school.id);
  return pupils.map((pupil) => {
    const spent = {
      ...agreedTimesOf(pupil, on),
      marks: within(marks.get(pupil.id) ?? [], whileOnRoll({ from, to: on }, onRollOf(pupil))),
    };
    const contacts = pupil.contacts.map((link) => contactOfChild(link, same.get(link.contactId) ?? []));
    return {
      persons: contacts,
      pupil: { ...pupil, contacts: pupil.contacts.map((link, i) => withPlace(link, contacts[i])) },
      ...{
        on,
        at: timeAt(school, now),
        now,
        calendar: goingOn(calendarFor(calendar, pupil)),
        flags: [...pupil.flags, ...passingFor({ ...spent, on, born: dayOf(pupil.born) })],
        colleagues: colleagues(pupil),
      },
      ...{ onRollFrom: dayOf(pupil.onRollFrom), onRollTo: dayOrNull(pupil.onRollTo) },
      ...{ born: dayOf(pupil.born), yearGroup: pupil.yearGroup },
      ...spent,
      elsewhere: elsewhere.get(pupil.id) ?? [],
      recipients: writtenTo(contacts, on),
    };
  });
}

/** A policy that asks of last year's attendance needs all of it. */
const registerFrom = (calendar: SchoolCalendar, on: Day, pack: Pack | undefined): Day =>
  pack && looksBack(pack) ? schoolYearStart(addDays(schoolYearStart(on), -1)) : penaltyNoticeMarksFrom(calendar, on);

/** An address that is not safe by any row of the person is not printed from this one either. */
const withPlace = <L extends { contact: { addressSafe: boolean } }>(link: L, of: ContactOfChild | undefined): L => ({
  ...link,
  contact: { ...link.contact, addressSafe: of !== undefined && placeOf(of).addressSafe },
});

/** Ids of what a matter makes: the matter's own, so that no two matters can make the same. */
export const idsOf = (matterId: string) => (name: string) => stableId(`${matterId}:${name}`);
