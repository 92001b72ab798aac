import { setTimeout as pause } from 'node:timers/promises';
import type { SharedFields } from '../../policy/letters/fields.ts';
import type { Db } from '../../prisma/client.ts';
import { enclosuresWith, endAttempt, type LetterRow, type LetterStatus, type Reached } from '../../prisma/letters.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Outcome } from '../mail/outcome.ts';
import type { Mailer, Message } from '../mail/sender.ts';

export type Sending = { db: Db; mail: Mailer; mailFrom: string; now: () => number };

/** Relays give up after four or five days (RFC 5321 4.5.4.1). A family should hear sooner than that. */
const daysOfTrying = 3;

export type Attempt = { letter: LetterRow; message: Message; number: number };

/** One claimed try to send, to its end: the outcome is written down with where it leaves the letter. */
export async function attemptToSend(
  { db, mail, now }: Sending,
  { letter, message, number }: Attempt,
  signal?: AbortSignal,
): Promise<LetterStatus> {
  const outcome = await mail.send(message, signal);
  const at = new Date(now());
  const ended = { outcome: outcome.what, detail: outcome.why, at };
  return steadily(() => endAttempt(db, letter.id, number, ended, reached(letter, outcome, at)));
}

/** Where an outcome leaves the letter. A server that always says "later" is believed for three days. */
function reached({ attempts, case: { school } }: LetterRow, { what, why }: Outcome, at: Date): Reached {
  const on = todayAt(school, at.getTime());
  if (what === 'sent') return { status: 'sent', why: null, at, on };
  if (what === 'unknown') return { status: 'unknown', why, at, on };
  const tryingSince = attempts[0]?.startedAt ?? at;
  const tooLong = at.getTime() - tryingSince.getTime() > daysOfTrying * 86_400_000;
  if (what === 'refused') return { status: 'refused', why };
  return tooLong ? { status: 'refused', why: `Tried for ${daysOfTrying} days: ${why}` } : { status: 'sending', why };
}

/** The letter as an e-mail, with what goes with it. Made before an attempt is claimed: what fails here was never tried. */
export async function messageOf({ db, mailFrom }: Sending, letter: LetterRow): Promise<Message> {
  const { ref, recipient, school: sender } = letter.fields as Pick<SharedFields, 'ref' | 'recipient' | 'school'>;
  const { subject, text, html, pdf, toAddress } = letter;
  if (subject === null || text === null || html === null || pdf === null || toAddress === null)
    throw new Error('The letter is not written yet');
  const enclosures = await enclosuresWith(db, letter.id);
  return {
    training: letter.case.school.training,
    messageId: letter.messageId,
    at: letter.releaseAt,
    from: { name: sender.name, address: mailFrom },
    replyTo: sender.email,
    to: { name: recipient.name, address: toAddress },
    ...{ subject, text, html },
    pdfs: [
      { fileName: `letter-${ref}.pdf`, content: pdf },
      ...enclosures.map((one) => ({ fileName: `${one.kind}.pdf`, content: one.pdf })),
    ],
  };
}

/**
 * What the mail server said is known only here until it is written down: if the database is away just then, it is tried
 * again for about a minute. After that nobody knows, and the letter goes to a person.
 */
async function steadily<T>(write: () => Promise<T>): Promise<T> {
  for (const seconds of [0.5, 1, 2, 4, 8, 16, 30]) {
    try {
      return await write();
    } catch {
      await pause(seconds * 1000);
    }
  }
  return write();
}
