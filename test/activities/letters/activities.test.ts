import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LetterActivities, letterActivities } from '../../../activities/letters/activities.ts';
import { type Mailer, mailer } from '../../../activities/mail/sender.ts';
import { connect, type Db } from '../../../prisma/client.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { enclosuresWith } from '../../../prisma/letters.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { poolOf } from '../../../prisma/pg-client.ts';
import { aLetter } from '../../support/a-letter.ts';
import { lettersFields } from '../../support/letter-fields.ts';
import { aDatabase } from '../../support/servers.ts';
import { anSmtpServer } from '../../support/smtp-server.ts';
import { packFile } from '../../support/told-case.ts';

let db: Db;
let server: Awaited<ReturnType<typeof anSmtpServer>>;
let mail: Mailer;
let now: number;
const told: unknown[] = [];

beforeAll(async () => {
  db = connect(await aDatabase());
});
afterAll(() => db.$disconnect());
beforeEach(async () => {
  server = await anSmtpServer();
  mail = mailer({ smtpUrl: server.url, catcherUrl: null, patience: 2_000 });
  now = Date.parse('2026-11-24T10:30:00Z');
  told.length = 0;
});
afterEach(async () => {
  mail.close();
  await server.close();
});

type Over = { db?: Db; mail?: Mailer; stopping?: AbortSignal };
const activities = ({ stopping = new AbortController().signal, ...over }: Over = {}): LetterActivities =>
  letterActivities({
    ...{ db, mail, mailFrom: 'attendance@oakbridge.example', now: () => now },
    ...over,
    running: () => ({ heartbeat: () => undefined, cancellationSignal: stopping }),
    advance: async (asked) => told.push(asked) as never,
  });
const prepare = (letterId: string) => activities().prepareLetter({ letterId });
const send = (letterId: string, over: Over = {}) => activities(over).sendLetter({ letterId });
const row = (id: string) => db.letter.findUniqueOrThrow({ where: { id }, include: { attempts: { orderBy: { number: 'asc' } } } });

async function written(wanted: Parameters<typeof aLetter>[1] = {}) {
  const letter = await aLetter(db, wanted);
  await prepare(letter.letterId);
  return letter;
}

type Made = Awaited<ReturnType<typeof aLetter>>;

/** A second row of the letter's reader, whom somebody has said to be the same person. */
async function aSecondRow({ contactId, pupilId, schoolId }: Made, of: object, link: object = {}) {
  const { id: _, contactNo: __, ...known } = await db.contact.findUniqueOrThrow({ where: { id: contactId } });
  const { id } = await db.contact.create({ data: { ...known, contactNo: '2', ...of } });
  const about = { relationship: 'Mum', parentalResponsibility: true, livesWith: true };
  await db.pupilContact.create({ data: { pupilId, contactId: id, ...about, ...link } });
  const [firstId = '', secondId = ''] = [contactId, id].sort();
  await db.samePerson.create({ data: { schoolId, kind: 'contact', firstId, secondId, verdict: 'one', why: 'Same' } });
}

describe('writing', () => {
  it('keeps the exact letter and its hash, and never writes it twice', async () => {
    const { letterId } = await written();
    const first = await row(letterId);
    expect(first.pdfSha256).toBe(
      createHash('sha256')
        .update(first.pdf ?? '')
        .digest('hex'),
    );
    expect(first.text).toContain('2 days of school');
    await db.letter.update({ where: { id: letterId }, data: { text: 'as kept' } });
    await prepare(letterId);
    expect((await row(letterId)).text).toBe('as kept');
  });

  it('keeps what goes with it once for all letters of the school, and sends those very bytes', async () => {
    const fields = { ...lettersFields('letter-1'), enclosures: ['leaflet'] };
    const other = { ...fields, ref: 'FB-26-FFFFFF', issuedOn: '2026-12-01' };
    const before = await db.enclosure.count();
    const [first, second] = [await written({ fields }), await written({ fields: other })];
    expect(await db.enclosure.count()).toBe(before + 1);
    const [leaflet] = await enclosuresWith(db, first.letterId);
    expect(await enclosuresWith(db, second.letterId)).toEqual([leaflet]);
    expect(leaflet).toMatchObject({ kind: 'leaflet', title: 'Working together on attendance' });
    expect(leaflet?.sha256).toBe(
      createHash('sha256')
        .update(leaflet?.pdf ?? '')
        .digest('hex'),
    );
    await send(first.letterId);
    const raw = server.taken[0]?.raw ?? '';
    const attached = [...raw.matchAll(/filename=(\S+)\r\n(?:[^\r]+\r\n)*\r\n([A-Za-z0-9+/=\r\n]+)/g)];
    expect(attached.map(([, name]) => name)).toEqual(['letter-FB-26-1A2B3C.pdf', 'leaflet.pdf']);
    const bytes = Buffer.from(attached[1]?.[2] ?? '', 'base64');
    expect(Buffer.compare(bytes, leaflet?.pdf ?? Buffer.alloc(0))).toBe(0);
  });

  it('stops without a field, by its name', async () => {
    const { support: _, ...fields } = lettersFields('letter-1');
    const { letterId } = await aLetter(db, { fields });
    expect(await prepare(letterId)).toMatchObject({ stopped: true });
    expect((await row(letterId)).statusWhy).toContain('support is missing');
  });

  it('stops before it is written for an address that is not safe', async () => {
    const letter = await aLetter(db, { channel: 'post' });
    await db.contact.update({ where: { id: letter.contactId }, data: { addressSafe: false } });
    expect(await prepare(letter.letterId)).toMatchObject({ stopped: true });
    expect(await row(letter.letterId)).toMatchObject({
      status: 'stopped',
      pdf: null,
      statusWhy: expect.stringContaining('not safe'),
    });
  });

  it('stops for a court order', async () => {
    const letter = await aLetter(db);
    await db.pupilContact.updateMany({ where: { contactId: letter.contactId }, data: { restriction: 'Court order 12' } });
    expect(await prepare(letter.letterId)).toMatchObject({ stopped: true });
    // Whoever reads of the letter is told that there is an order; what it says stands with the contact.
    expect(await row(letter.letterId)).toMatchObject({ status: 'stopped', statusWhy: 'A restriction is in force' });
  });
});

describe('sending', () => {
  it('goes once, however often it is asked for', async () => {
    const { letterId, email } = await written();
    for (const _ of [1, 2, 3]) expect(await send(letterId)).toEqual({ outcome: 'sent' });
    expect(server.taken.map(({ to }) => to)).toEqual([[email]]);
    expect(server.taken[0]?.raw).toContain(`Message-ID: <${letterId}@oakbridge.example>`);
    const { attempts, sentAt } = await row(letterId);
    expect(attempts).toMatchObject([{ number: 1, outcome: 'sent' }]);
    expect(sentAt?.getTime()).toBe(now);
  });

  it('goes once when two ask at the same moment', async () => {
    const { letterId } = await written();
    await Promise.allSettled([send(letterId), send(letterId)]);
    expect(server.taken).toHaveLength(1);
    expect((await row(letterId)).attempts).toHaveLength(1);
  });

  it.each<[string, (letter: Awaited<ReturnType<typeof aLetter>>) => Promise<unknown>, RegExp]>([
    [
      'an order came in',
      ({ contactId }) => db.pupilContact.updateMany({ where: { contactId }, data: { restriction: 'Order' } }),
      /restriction/,
    ],
    [
      'the permission was withdrawn',
      ({ contactId }) => db.pupilContact.updateMany({ where: { contactId }, data: { permission: 'none' } }),
      /permission/,
    ],
    [
      'the mailbox changed',
      ({ contactId: id }) => db.contact.update({ where: { id }, data: { email: 'new@home.example' } }),
      /e-mail address changed/,
    ],
    [
      'the mailbox was removed',
      ({ contactId: id }) => db.contact.update({ where: { id }, data: { email: null } }),
      /e-mail address changed/,
    ],
    [
      'the person asked for post',
      ({ contactId: id }) => db.contact.update({ where: { id }, data: { channel: 'post' } }),
      /asks for letters by post/,
    ],
    [
      'the address on it was marked as not safe',
      ({ contactId: id }) => db.contact.update({ where: { id }, data: { addressSafe: false } }),
      /not safe since/,
    ],
    [
      'a second row of the same person marks that address as not safe',
      (letter) => aSecondRow(letter, { addressSafe: false }),
      /not safe since/,
    ],
    [
      'a second row of the same person has an order about the child',
      (letter) => aSecondRow(letter, {}, { restriction: 'Order of today' }),
      /^A restriction is in force$/,
    ],
    [
      'the person is no contact any more',
      ({ contactId }) => db.pupilContact.deleteMany({ where: { contactId } }),
      /no longer a contact/,
    ],
  ])('stops if after approval %s', async (_, change, why) => {
    const letter = await written();
    await change(letter);
    expect(await send(letter.letterId)).toEqual({ outcome: 'stopped' });
    expect((await row(letter.letterId)).statusWhy).toMatch(why);
    expect(server.taken).toHaveLength(0);
  });

  it('after a worker was killed in the middle is unknown: nobody sends again', async () => {
    const { letterId } = await written();
    await db.letterAttempt.create({ data: { letterId, number: 1, startedAt: new Date(now) } });
    for (const _ of [1, 2]) expect(await send(letterId)).toEqual({ outcome: 'unknown' });
    expect(server.taken).toHaveLength(0);
  });

  it('is refused when the server refuses', async () => {
    const { letterId } = await written();
    server.manners.onRecipient = () => ({ code: 550, message: '5.1.1 No such box' });
    expect(await send(letterId)).toEqual({ outcome: 'refused' });
    expect((await row(letterId)).statusWhy).toContain('No such box');
  });

  it('is tried again after "later", with the same id, and then goes once', async () => {
    const { letterId } = await written();
    server.manners.onMessage = () => ({ code: 451, message: '4.3.0 Later' });
    await expect(send(letterId)).rejects.toMatchObject({ type: 'TryLater', nonRetryable: false });
    delete server.manners.onMessage;
    expect(await send(letterId)).toEqual({ outcome: 'sent' });
    expect((await row(letterId)).attempts.map(({ outcome }) => outcome)).toEqual(['retry', 'sent']);
    expect(new Set(server.taken.map(({ raw }) => raw)).size).toBe(1);
  });

  it('is given up after three days of "later"', async () => {
    const { letterId } = await written();
    server.manners.onRecipient = () => ({ code: 450, message: '4.2.2 Full' });
    await expect(send(letterId)).rejects.toThrow();
    now += 3 * 86_400_000 + 1;
    expect(await send(letterId)).toEqual({ outcome: 'refused' });
    expect((await row(letterId)).statusWhy).toMatch(/Tried for 3 days: .*Full/);
  });

  it.each(['hang up', 'silence'] as const)('is unknown after %s, and a person says what became of it', async (how) => {
    const { letterId } = await written();
    server.manners.onMessage = () => how;
    for (const _ of [1, 2]) expect(await send(letterId)).toEqual({ outcome: 'unknown' });
    expect(server.taken).toHaveLength(1);
    expect(await activities().settleLetter({ letterId, how: 'sent', by: 'lead' })).toEqual({ outcome: 'sent' });
    expect(await row(letterId)).toMatchObject({ status: 'sent', postedBy: 'lead', sentOn: new Date('2026-11-24') });
  });

  it('is unknown at once when the worker stops while the server is silent', async () => {
    const { letterId } = await written();
    server.manners.onMessage = () => 'silence';
    const stopping = new AbortController();
    const sending = send(letterId, { stopping: stopping.signal });
    while (server.taken.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    stopping.abort();
    expect(await sending).toEqual({ outcome: 'unknown' });
  });

  it('is known to be sent although the database was away when the server said so', async () => {
    const { letterId } = await written();
    let calls = 0;
    const away = new Proxy(db, {
      get: (target, key) =>
        key === '$transaction' && ++calls === 2
          ? () => Promise.reject(new Error('terminating connection due to administrator command'))
          : Reflect.get(target, key),
    });
    const pool = poolOf.get(db);
    if (pool) poolOf.set(away, pool);
    expect(await send(letterId, { db: away })).toEqual({ outcome: 'sent' });
    expect(await row(letterId)).toMatchObject({ status: 'sent', attempts: [{ outcome: 'sent' }] });
    expect(server.taken).toHaveLength(1);
  });

  it('of a training school goes nowhere but to the catcher', async () => {
    const { letterId } = await written({ training: true });
    expect(await send(letterId)).toEqual({ outcome: 'refused' });
    expect(server.taken).toHaveLength(0);
    const other = await written({ training: true });
    const catching = mailer({ smtpUrl: 'smtp://127.0.0.1:1', catcherUrl: server.url });
    expect(await send(other.letterId, { mail: catching })).toEqual({ outcome: 'sent' });
    expect(server.taken).toHaveLength(1);
  });
});

describe('by post', () => {
  it('waits in the print queue until a person has posted it, once', async () => {
    const { letterId } = await written({ channel: 'post' });
    expect(await send(letterId)).toEqual({ outcome: 'to-print' });
    expect(server.taken).toHaveLength(0);
    for (const by of ['officer', 'other'])
      expect(await activities().settleLetter({ letterId, how: 'posted', by })).toEqual({ outcome: 'posted' });
    expect(await row(letterId)).toMatchObject({ status: 'posted', postedBy: 'officer', sentOn: new Date('2026-11-24') });
  });

  it('never goes to a house marked as not safe after it was written', async () => {
    const { letterId, contactId } = await written({ channel: 'post' });
    await db.contact.update({ where: { id: contactId }, data: { addressSafe: false } });
    expect(await send(letterId)).toEqual({ outcome: 'stopped' });
  });

  it('stops if the family has moved since', async () => {
    const { letterId, contactId } = await written({ channel: 'post' });
    await db.contact.update({ where: { id: contactId }, data: { address: ['A refuge'] } });
    expect(await send(letterId)).toEqual({ outcome: 'stopped' });
    expect((await row(letterId)).statusWhy).not.toContain('refuge');
  });
});

it('held since the time that it names has begun, it goes with one that is still to come', async () => {
  const fields = lettersFields('letter-2', {
    recipient: { channel: 'post' },
    figures: { from: '2026-04-13', asOf: '2026-07-20 PM' },
  });
  const { letterId, caseId, schoolId } = await written({ template: 'letter-2', channel: 'post', fields });
  const term = { kind: 'term', label: 'Autumn', fromDay: columnOf('2026-09-02'), toDay: columnOf('2026-12-18') };
  await db.calendarPeriod.create({ data: { schoolId, ...term } });
  const { version } = await keepPack(db, readFileSync(packFile, 'utf8'), 'gloucestershire.yaml');
  const monitors = { from: '2026-11-25', until: '2026-12-08', judgedOn: '2026-12-09' };
  const relied = { stage: 'formal monitoring', attendance: { attended: 95, possible: 99 }, upTo: '2026-07-20 PM' };
  const known = { template: 'letter-2', proposal: '1', outcome: 'questioned', on: '2026-11-24', relied, monitors };
  const state = { stage: 'formal monitoring', monitoring: null, target: null, letters: { [letterId]: known } };
  await db.attendanceCase.update({ where: { id: caseId }, data: { packVersion: version, events: 1, state } });
  await db.letter.update({ where: { id: letterId }, data: { status: 'questioned' } });
  now = Date.parse('2026-11-27T10:30:00Z');
  const textId = randomUUID();
  const asked = { letterId, how: 'send', by: 'lead', role: 'sal', textId, back: 'to-print' } as const;
  expect(await activities().answerLetter(asked)).toBe(true);
  expect((await row(letterId)).text).toContain('from Monday 30 November 2026 to Friday 11 December 2026');
  const [told] = await db.outbox.findMany({ where: { matterId: caseId } });
  expect(told?.input).toMatchObject({ monitors: { from: '2026-11-30', until: '2026-12-11', judgedOn: '2026-12-14' } });
});

it('called back, it is never sent, and says why', async () => {
  const { letterId } = await written();
  const textId = randomUUID();
  await db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'The family has called' } } });
  await activities().recallLetter({ letterId, by: 'lead', textId });
  expect(await send(letterId)).toEqual({ outcome: 'recalled' });
  expect(await row(letterId)).toMatchObject({ statusWhy: 'The family has called' });
  expect(server.taken).toHaveLength(0);
});

it('a closed case hears of its letter directly; an open one does not', async () => {
  const { letterId, caseId } = await written();
  expect(await activities().tellClosedMatter({ letterId, outcome: 'posted' })).toBe(false);
  await db.attendanceCase.update({ where: { id: caseId }, data: { status: 'closed' } });
  expect(await activities().tellClosedMatter({ letterId, outcome: 'posted' })).toBe(true);
  expect(told).toEqual([
    {
      kind: 'case',
      matterId: caseId,
      input: { key: `letter:${letterId}:posted`, kind: 'letter outcome', letterId, outcome: 'posted' },
    },
  ]);
});

it('leaves word of its end in the outbox, for whoever runs or has ended: a case, or a referral', async () => {
  const { letterId, caseId, schoolId } = await written();
  const by = { id: 'officer', role: 'attendance-officer' } as const;
  const news = { key: `letter:${letterId}:posted`, kind: 'letter outcome', letterId, outcome: 'posted', by } as const;
  await activities().leaveWord(news);
  const matterId = randomUUID();
  await db.letter.update({ where: { id: letterId }, data: { matterId } });
  await activities().leaveWord(news);
  const left = await db.outbox.findMany({ where: { schoolId }, orderBy: { id: 'asc' } });
  const word = { schoolId, kind: 'tell', input: news, deliveredAt: null };
  expect(left).toMatchObject([
    { ...word, matterId: caseId, matterKind: 'case' },
    { ...word, matterId, matterKind: 'referral' },
  ]);
});
