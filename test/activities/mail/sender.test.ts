import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mailer } from '../../../activities/mail/sender.ts';
import { aMailServer } from '../../support/mail-server.ts';

const message = {
  training: true,
  messageId: '<one@oakbridge.example>',
  at: new Date('2026-10-05T09:00:00Z'),
  from: { name: 'Oakbridge School', address: 'attendance@oakbridge.example' },
  replyTo: 'office@oakbridge.example',
  to: { name: 'Łucja O’Brien', address: 'lucja@families.example' },
  subject: 'A letter for you from Oakbridge School',
  text: 'Dear Łucja',
  html: '<p>Dear Łucja</p>',
  pdf: { fileName: 'letter.pdf', content: new Uint8Array([37, 80, 68, 70]) },
};

describe('sending one letter', () => {
  let server: Awaited<ReturnType<typeof aMailServer>>;
  beforeEach(async () => {
    server = await aMailServer();
  });
  afterEach(() => server.stop());
  const sender = (patience = 1_000) => mailer({ smtpUrl: null, catcherUrl: server.url, patience });

  it('arrives with its own Message-ID, for one person, with the PDF', async () => {
    expect(await sender().send(message)).toMatchObject({ what: 'sent' });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({
      to: 'lucja@families.example',
      text: expect.stringMatching(/Message-ID: <one@oakbridge\.example>/),
    });
    expect(server.received[0]?.text).toMatch(/filename=letter\.pdf/);
  });

  it.each([
    ['refuses', 'refused'],
    ['tries later', 'retry'],
    ['hangs up after the letter', 'unknown'],
    ['is silent after the letter', 'unknown'],
  ] as const)('a server that %s: %s', async (mood, what) => {
    server.behave(mood);
    expect(await sender().send(message)).toMatchObject({ what });
  });

  it('nobody listening is certain: it is tried again', async () => {
    expect(await mailer({ smtpUrl: null, catcherUrl: 'smtp://127.0.0.1:9' }).send(message)).toMatchObject({ what: 'retry' });
  });

  it('a training school never reaches a real server, whatever the settings', async () => {
    const real = await aMailServer();
    const both = mailer({ smtpUrl: real.url, catcherUrl: server.url });
    await both.send(message);
    expect([real.received.length, server.received.length]).toEqual([0, 1]);
    expect(await mailer({ smtpUrl: real.url, catcherUrl: null }).send(message)).toMatchObject({ what: 'refused' });
    expect(real.received).toHaveLength(0);
    await real.stop();
  });

  it.each([
    'a@b.example, c@d.example',
    'x@home.example\r\nBcc: z@evil.example',
    'p@home(c)evil.example',
    '"a b"@c.example',
    'p@home',
  ])('the address %j goes nowhere', async (address) => {
    expect(await sender().send({ ...message, to: { name: 'X', address } })).toMatchObject({ what: 'refused' });
    expect(server.received).toHaveLength(0);
  });
});
