import { longDay } from '../../policy/calendar/day.ts';
import { dayOf } from '../../prisma/day-column.ts';
import type { ClaimedReminder } from '../../prisma/reminders.ts';
import type { Message } from '../mail/sender.ts';

/** What a reminder says: of what, why, where to go on, and how often it comes. */
type Words = { subject: string; why: string; page: string; at: string; once: string };

const decisions = { subject: 'Decisions wait for you in Firstbell', page: 'Your inbox', at: '/inbox' };

const byTheDay: Record<string, string> = {
  reminded: 'One or more decisions have waited for you longer than the policy allows.',
  escalated: 'One or more decisions were not taken in time, so they are now put before you as well.',
};

/** What is due by the hour or the clock is said at its time. */
const byTheClock: Record<string, string> = {
  reminded: 'The time is up for something that the policy asks of you by the hour or the clock, and it still waits for you.',
  escalated: 'Something that is due by the hour or the clock was not done in time, so it is now put before you as well.',
};

function wordsOf({ kind, atTime, onDay }: Pick<ClaimedReminder, 'kind' | 'atTime' | 'onDay'>): Words {
  if (kind === 'contact')
    return {
      ...{ subject: 'Absences without a reason in Firstbell', page: 'Absences without a reason', at: '/register/unexplained' },
      why: `By ${atTime} the policy asks for a word with the family of each pupil who is absent without a reason. Of some who are absent on ${longDay(dayOf(onDay))} no reason is known yet.`,
      once: 'You get this message once a day for all of them. It does not come on days without school.',
    };
  if (atTime !== '')
    return {
      ...{ ...decisions, why: byTheClock[kind] ?? '' },
      once: `You get this message once for all that was due by ${atTime}. It does not come on days without school.`,
    };
  return {
    ...{ ...decisions, why: byTheDay[kind] ?? '' },
    once: 'You get this message at most once a day. Holidays and days without school do not count as waiting.',
  };
}

/** The reminder as it is sent. It names no pupil and no family: who reads it over a shoulder learns nothing. */
export function reminderMessage(
  { id, kind, atTime, onDay, createdAt, user, school }: ClaimedReminder,
  { mailFrom, baseUrl }: { mailFrom: string; baseUrl: string },
): Message {
  const { subject, why, page, at, once } = wordsOf({ kind, atTime, onDay });
  const link = `${baseUrl}${at}`;
  return {
    training: school.training,
    messageId: `<${id}@${school.email.split('@')[1] ?? 'firstbell.invalid'}>`,
    at: createdAt,
    from: { name: `Firstbell for ${school.name}`, address: mailFrom },
    replyTo: school.email,
    to: { name: user.name, address: user.email },
    subject,
    text: [`Hello`, why, `${page}: ${link}`, once].join('\n\n'),
    html: `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>${subject}</title></head><body style="font-family: Arial, sans-serif; font-size: 16px; line-height: 1.5"><p>Hello</p><p>${why}</p><p><a href="${link}">Open: ${page}</a></p><p>${once}</p></body></html>`,
    pdfs: [],
  };
}
