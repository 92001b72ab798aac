import type { ClaimedReminder } from '../../prisma/reminders.ts';
import type { Message } from '../mail/sender.ts';

const words: Record<string, string> = {
  reminded: 'One or more decisions have waited for you longer than the policy allows.',
  escalated: 'One or more decisions were not taken in time, so they are now put before you as well.',
};

/** What is due by the hour or the clock is said at its time. */
const wordsByTheClock: Record<string, string> = {
  reminded: 'The time is up for something that the policy asks of you by the hour or the clock, and it still waits for you.',
  escalated: 'Something that is due by the hour or the clock was not done in time, so it is now put before you as well.',
};

/** The reminder as it is sent. It names no pupil and no family: who reads it over a shoulder learns nothing. */
export function reminderMessage(
  { id, kind, atTime, createdAt, user, school }: ClaimedReminder,
  { mailFrom, baseUrl }: { mailFrom: string; baseUrl: string },
): Message {
  const inbox = `${baseUrl}/inbox`;
  const byTheClock = atTime !== '';
  const why = (byTheClock ? wordsByTheClock : words)[kind] ?? '';
  const once = byTheClock
    ? `You get this message once for all that was due by ${atTime}. It does not come on days without school.`
    : 'You get this message at most once a day. Holidays and days without school do not count as waiting.';
  return {
    training: school.training,
    messageId: `<${id}@${school.email.split('@')[1] ?? 'firstbell.invalid'}>`,
    at: createdAt,
    from: { name: `Firstbell for ${school.name}`, address: mailFrom },
    replyTo: school.email,
    to: { name: user.name, address: user.email },
    subject: 'Decisions wait for you in Firstbell',
    text: [`Hello`, why, `Your inbox: ${inbox}`, once].join('\n\n'),
    html: `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Decisions wait for you in Firstbell</title></head><body style="font-family: Arial, sans-serif; font-size: 16px; line-height: 1.5"><p>Hello</p><p>${why}</p><p><a href="${inbox}">Open your inbox</a></p><p>${once}</p></body></html>`,
    pdfs: [],
  };
}
