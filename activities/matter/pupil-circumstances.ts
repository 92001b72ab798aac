import { addDays, type Day } from '../../policy/calendar/day.ts';
import { calendarFor, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import type { Recipient } from '../../policy/case/circumstances.ts';
import { channelFor, mayWriteTo } from '../../policy/letters/may-write.ts';
import type { Tx } from '../../prisma/client.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { calendarOf, marksOfAll } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { stableId } from '../../prisma/stable-id.ts';

export type PupilCircumstances = Awaited<ReturnType<typeof circumstancesOf>>[number];

/** What both the school's and the authority's rules look at: the pupil, the register, the calendar, the parents. */
export async function pupilCircumstances(tx: Tx, pupilId: string, now: number): Promise<PupilCircumstances> {
  const [found] = await circumstancesOf(tx, [pupilId], now);
  if (!found) throw new Error(`There is no pupil ${pupilId}`);
  return found;
}

/** The same of several pupils of one school, with as many questions to the database as for one. */
export async function circumstancesOf(tx: Tx, pupilIds: readonly string[], now: number) {
  const pupils = await tx.pupil.findMany({
    where: { id: { in: [...pupilIds] } },
    include: { school: true, contacts: { include: { contact: true } } },
    orderBy: { id: 'asc' },
  });
  if (!pupils[0]) return [];
  const { school } = pupils[0];
  const on = todayAt(school, now);
  const calendar = await calendarOf(tx, school.id);
  const marks = await marksOfAll(tx, pupilIds, { from: addDays(schoolYearStart(on), -120), to: on });
  return pupils.map((pupil) => ({
    pupil,
    on,
    now,
    calendar: calendarFor(calendar, pupil),
    marks: marks.get(pupil.id) ?? [],
    onRollFrom: dayOf(pupil.onRollFrom),
    flags: pupil.flags,
    recipients: pupil.contacts.map(({ contact, contactId, ...link }) =>
      recipient(
        {
          ...link,
          contactId,
          contact,
          restrictionFrom: dayOrNull(link.restrictionFrom),
          restrictionUntil: dayOrNull(link.restrictionUntil),
        },
        on,
      ),
    ),
  }));
}

type Link = Parameters<typeof mayWriteTo>[0] & { contactId: string; contact: Parameters<typeof channelFor>[0] };

/** Whether a letter about this pupil may go to this person today, and by which way. */
function recipient(link: Link, on: Day): Recipient {
  const answer = mayWriteTo(link, on);
  const channel = channelFor(link.contact);
  const because = answer.may ? (channel ? null : 'There is neither an e-mail nor a postal address') : answer.because;
  return { contactId: link.contactId, may: answer.may && channel !== null, because, channel };
}

/** Ids of what a matter makes: the matter's own, so that no two matters can make the same. */
export const idsOf = (matterId: string) => (name: string) => stableId(`${matterId}:${name}`);
