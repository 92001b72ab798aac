import { addDays, type Day } from '../../policy/calendar/day.ts';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import type { Recipient } from '../../policy/case/circumstances.ts';
import { channelFor, mayWriteTo } from '../../policy/letters/may-write.ts';
import type { Tx } from '../../prisma/client.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { calendarOf, marksOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { stableId } from '../../prisma/stable-id.ts';

/** What both the school's and the authority's rules look at: the pupil, the register, the calendar, the parents. */
export async function pupilCircumstances(tx: Tx, pupilId: string, now: number) {
  const pupil = await tx.pupil.findUniqueOrThrow({
    where: { id: pupilId },
    include: { school: true, contacts: { include: { contact: true } } },
  });
  const on = todayAt(pupil.school, now);
  const from = addDays(schoolYearStart(on), -120);
  return {
    pupil,
    on,
    now,
    calendar: await calendarOf(tx, pupil.schoolId),
    marks: await marksOf(tx, pupilId, { from, to: on }),
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
  };
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
