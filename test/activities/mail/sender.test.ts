import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Mailer, type Message, mailer } from '../../../activities/mail/sender.ts';
import { anSmtpServer, type Manners } from '../../support/smtp-server.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const message = (over: Partial<Message> = {}): Message => ({
  training: false,
  messageId: '<5d1f0c1e-0000-4000-8000-000000000001@oakbridge.example>',
  at: new Date('2026-11-24T10:00:00Z'),
  from: { name: 'Oakbridge School', address: 'attendance@oakbridge.example' },
  replyTo: 'office@oakbridge.example',
  to: { name: "Zoë O'Brien-Łukasz", address: 'parent@home.example' },
  subject: 'A letter for you from Oakbridge School',
  text: 'Dear parent',
  html: '<p>Dear parent</p>',
  pdfs: [{ fileName: 'letter-FB-26-1A2B3C.pdf', content: new TextEncoder().encode('%PDF-1.7') }],
  ...over,
});

async function serverWith(manners: Manners = {}) {
  const server = await anSmtpServer(manners);
  closing.push(server.close);
  return server;
}

/** A server that only talks as `talk` says. */
async function bareServer(talk: (socket: Socket) => void): Promise<string> {
  const server = createServer(talk).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function mailerFor(settings: Parameters<typeof mailer>[0]): Mailer {
  const mail = mailer(settings);
  closing.push(mail.close);
  return mail;
}

describe('a message that the server takes', () => {
  it('goes once, to the one address, with its PDF, its own id and date, and no mark of a machine', async () => {
    const server = await serverWith();
    const mail = mailerFor({ smtpUrl: server.url, catcherUrl: null });
    expect(await mail.send(message())).toMatchObject({ what: 'sent' });
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]?.to).toEqual(['parent@home.example']);
    const raw = server.taken[0]?.raw ?? '';
    expect(raw).toContain('Message-ID: <5d1f0c1e-0000-4000-8000-000000000001@oakbridge.example>');
    expect(raw).toContain('Date: Tue, 24 Nov 2026 10:00:00 +0000');
    expect(raw).toContain('Subject: A letter for you from Oakbridge School');
    expect(raw).toContain('Content-Type: application/pdf');
    expect(raw).not.toMatch(/Auto-Submitted|Bcc|List-Unsubscribe/i);
  });

  it('has the same bytes each time', async () => {
    const server = await serverWith();
    const mail = mailerFor({ smtpUrl: server.url, catcherUrl: null });
    await mail.send(message());
    await mail.send(message());
    expect(server.taken[0]?.raw).toBe(server.taken[1]?.raw);
  });
});

describe('a training school', () => {
  it('sends to the catcher, whatever the settings', async () => {
    const [real, catcher] = [await serverWith(), await serverWith()];
    const mail = mailerFor({ smtpUrl: real.url, catcherUrl: catcher.url });
    expect(await mail.send(message({ training: true }))).toMatchObject({ what: 'sent' });
    expect([real.taken.length, catcher.taken.length]).toEqual([0, 1]);
  });

  it('sends nothing without a catcher', async () => {
    const real = await serverWith();
    const mail = mailerFor({ smtpUrl: real.url, catcherUrl: null });
    expect(await mail.send(message({ training: true }))).toEqual({
      what: 'refused',
      why: 'A training school sends only to the mail catcher, and there is none',
    });
    expect(real.taken).toHaveLength(0);
  });

  it('and a real school never uses the catcher', async () => {
    const catcher = await serverWith();
    const mail = mailerFor({ smtpUrl: null, catcherUrl: catcher.url });
    expect(await mail.send(message())).toMatchObject({ what: 'refused', why: expect.stringContaining('SMTP_URL') });
    expect(catcher.taken).toHaveLength(0);
  });
});

describe('what a server that does not take it means', () => {
  it.each<[string, Manners, string, RegExp]>([
    ['550 to the recipient', { onRecipient: () => ({ code: 550, message: '5.1.1 No such box' }) }, 'refused', /No such box/],
    ['450 to the recipient', { onRecipient: () => ({ code: 450, message: '4.2.0 Greylisted' }) }, 'retry', /Greylisted/],
    ['554 after the dot', { onMessage: () => ({ code: 554, message: '5.6.0 Unwanted' }) }, 'refused', /Unwanted/],
    ['451 after the dot', { onMessage: () => ({ code: 451, message: '4.3.0 Later' }) }, 'retry', /Later/],
    ['421 after the dot', { onMessage: () => ({ code: 421, message: '4.3.2 Closing' }) }, 'retry', /Closing/],
    ['closing after the dot', { onMessage: () => 'hang up' }, 'unknown', /./],
    ['silence after the dot', { onMessage: () => 'silence' }, 'unknown', /./],
    ['silence at the recipient', { onRecipient: () => 'silence' }, 'unknown', /./],
    ['a sign-in it wants and we lack', { options: { authOptional: false, allowInsecureAuth: true } }, 'retry', /./],
  ])('%s', async (_, manners, what, why) => {
    const server = await serverWith(manners);
    const outcome = await mailerFor({ smtpUrl: server.url, catcherUrl: null, patience: 300 }).send(message());
    expect(outcome.what).toBe(what);
    expect(outcome.why).toMatch(why);
  });

  it('nobody listening: later', async () => {
    const outcome = await mailerFor({ smtpUrl: 'smtp://127.0.0.1:1', catcherUrl: null }).send(message());
    expect(outcome.what).toBe('retry');
  });

  it('a greeting that says no: later, as it is not about this address', async () => {
    const smtpUrl = await bareServer((socket) => socket.end('554 5.3.2 No service\r\n'));
    const outcome = await mailerFor({ smtpUrl, catcherUrl: null }).send(message());
    expect(outcome.what).toBe('retry');
  });

  it('a server that drips: given up at the outer limit, and unknown', async () => {
    const smtpUrl = await bareServer((socket) => {
      const timer = setInterval(() => socket.write('220-wait\r\n'), 50);
      socket.on('error', () => clearInterval(timer)).on('close', () => clearInterval(timer));
    });
    const mail = mailerFor({ smtpUrl, catcherUrl: null, patience: 5_000, most: 400 });
    expect(await mail.send(message())).toMatchObject({ what: 'unknown' });
  });

  it('keeps the address out of what it says', async () => {
    const no = () => ({ code: 550, message: '<parent@home.example> unknown, try moved@refuge.example' });
    const server = await serverWith({ onRecipient: no });
    const { why } = await mailerFor({ smtpUrl: server.url, catcherUrl: null }).send(message());
    expect(why).not.toContain('@');
  });
});

it.each([
  'x\r\nBcc: other@evil.example',
  'parent@home.example, other@evil.example',
  'parent@home.example(c)evil.example',
  'p@home',
  '',
])('refuses the address %j before any server hears of it', async (address) => {
  const server = await serverWith();
  const outcome = await mailerFor({ smtpUrl: server.url, catcherUrl: null }).send(message({ to: { name: 'A', address } }));
  expect(outcome.what).toBe('refused');
  expect(server.taken).toHaveLength(0);
});

it('shows a name with a line break or another address in it as a name only', async () => {
  const server = await serverWith();
  const name = 'A\r\nBcc: other@evil.example, <other@evil.example>';
  const mail = mailerFor({ smtpUrl: server.url, catcherUrl: null });
  await mail.send(message({ to: { name, address: 'parent@home.example' } }));
  expect(server.taken[0]?.to).toEqual(['parent@home.example']);
  expect(server.taken[0]?.raw).not.toMatch(/^Bcc:/im);
});
