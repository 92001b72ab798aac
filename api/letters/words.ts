import { shortDay } from '../../policy/calendar/day.ts';
import { dayOf } from '../../prisma/day-column.ts';

type Status = { status: string; statusWhy: string | null; sentOn: Date | null; releaseAt: Date; channel: string };

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });

const words: Record<string, string> = {
  sending: 'Being sent',
  'to-print': 'In the print queue',
  posted: 'Posted',
  recalled: 'Recalled',
  stopped: 'Stopped',
  refused: 'Refused by the mail server',
  unknown: 'Nobody knows whether it arrived',
  bounced: 'Came back',
};

/** Where a letter is, in a few words, with the reason if there is one. */
export function letterStatus({ status, statusWhy, sentOn, releaseAt }: Status): string {
  if (status === 'waiting') return `Waits until ${clock.format(releaseAt)}, and can be recalled until then`;
  if (status === 'sent') return `Sent by e-mail${sentOn ? ` on ${shortDay(dayOf(sentOn))}` : ''}`;
  return `${words[status] ?? status}${statusWhy ? `: ${statusWhy}` : ''}`;
}
