import { setTimeout as pause } from 'node:timers/promises';
import { anSmtpServer } from './smtp-server.ts';

export type Mail = { to: string; text: string };
type Mood = 'kind' | 'slow' | 'refuses' | 'tries later' | 'hangs up after the letter' | 'is silent after the letter';

/** The mail server of a school: it keeps what it gets, and can be made to behave badly. */
export async function aMailServer() {
  const received: Mail[] = [];
  let mood: Mood = 'kind';
  const { url, close } = await anSmtpServer({
    onRecipient: () => (mood === 'refuses' ? { code: 550, message: 'No such mailbox' } : undefined),
    async onMessage({ to, raw }) {
      if (mood === 'tries later') return { code: 451, message: 'Greylisted' };
      received.push({ to: to.join(), text: raw });
      if (mood === 'slow') await pause(3_000);
      if (mood === 'hangs up after the letter') return 'hang up';
      return mood === 'is silent after the letter' ? 'silence' : undefined;
    },
    options: { disabledCommands: ['AUTH', 'STARTTLS'] },
  });
  return {
    url,
    received,
    behave(next: Mood) {
      mood = next;
    },
    stop: close,
  };
}
