import { londonDay, londonTime, shortDay } from '../../policy/calendar/day.ts';
import { sessions } from '../../policy/case/ground.ts';
import type { LetterOutcome } from '../../policy/case/input.ts';
import { type Fraction, isSame } from '../../policy/register/fraction.ts';
import { dayOf } from '../../prisma/day-column.ts';

type Status = { status: string; statusWhy: string | null; sentOn: Date | null; releaseAt: Date; channel: string };

/** "14 Sep 2026, 10:30", as clocks in London show it. */
export const instant = (at: Date): string => `${shortDay(londonDay(at.getTime()))}, ${londonTime(at.getTime())}`;

/** What became of a letter, in words that go after its name. */
export const letterEnded: Record<string, string> = {
  questioned: 'held, because the register changed under it',
  sent: 'sent by e-mail',
  'to-print': 'put in the print queue',
  posted: 'posted',
  recalled: 'recalled before it left',
  stopped: 'stopped before it left',
  refused: 'refused by the mail server',
  unknown: 'sent, but nobody knows whether it arrived',
  bounced: 'came back',
};

/** True of an end that only a person brings about or reports. All other ends are the mail server's or the rules' to tell. */
export const isPersonsWord = (outcome: LetterOutcome): boolean => ['recalled', 'posted', 'bounced'].includes(outcome);

/** Whom a letter is to. */
export const readerOf = ({ fields }: { fields: unknown }): string => (fields as { recipient: { name: string } }).recipient.name;

/** The days that a letter says attendance is monitored, if it names some. */
export const namedSpan = (fields: unknown): { from: string; until: string } | undefined =>
  (fields as { monitoring?: { from: string; until: string } | null }).monitoring ?? undefined;

const words: Record<string, string> = {
  questioned: 'Held until a person says whether it goes',
  sending: 'Being sent',
  'to-print': 'In the print queue',
  recalled: 'Recalled',
  stopped: 'Stopped',
  refused: 'Refused by the mail server',
  unknown: 'Nobody knows whether it arrived',
  bounced: 'Came back',
};

/** Where a letter is at an instant (epoch ms), in a few words, with the reason if there is one. */
export function letterStatus({ status, statusWhy, sentOn, releaseAt }: Status, at: number): string {
  if (status === 'waiting' && releaseAt.getTime() <= at) return 'About to go';
  if (status === 'waiting') return `Waits until ${instant(releaseAt)}, and can be recalled until then`;
  const on = sentOn ? ` on ${shortDay(dayOf(sentOn))}` : '';
  if (status === 'sent') return `Sent by e-mail${on}`;
  if (status === 'posted') return `Posted${on}`;
  return `${words[status] ?? status}${statusWhy ? `: ${statusWhy}` : ''}`;
}

/** "said 34 of 36 sessions, the register now says 36 of 36 sessions", to go after the name of a letter. */
export const dataChanged = ({ was, is }: { was: Fraction; is: Fraction }): string =>
  isSame(was, is)
    ? `said ${sessions(was)}, and the register says so again`
    : `said ${sessions(was)}, the register now says ${sessions(is)}`;
