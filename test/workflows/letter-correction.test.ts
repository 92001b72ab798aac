import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dayOf } from '../../prisma/day-column.ts';
import { aSchool, until } from '../support/school.ts';

const away = { '2026-09-10': 'O' };
const present = { AM: '/', PM: '\\' };
const absent = { AM: 'O', PM: 'O' };

describe('a letter that went, and a register that is corrected afterwards', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { ada: away, ben: away, cas: away, dot: away } });
    for (const pupil of ['ada', 'ben', 'cas', 'dot']) await school.decide(pupil, 'letter-1', { choice: 'approve' });
    await school.stepTo('2026-09-22');
  });
  afterAll(() => school.end());

  const proposed = async (pupil: string) =>
    (await school.proposals(pupil)).filter(({ action }) => action.template === 'correction').length;
  const events = async (pupil: string, type: string) => {
    const { id } = await school.caseOf(pupil);
    return school.db.ledgerEvent.findMany({ where: { matterId: id, type }, orderBy: { seq: 'asc' } });
  };
  const overtaken = async (pupil: string) =>
    (await events(pupil, 'letters overtaken')).map(({ body }) => body as { is: { attended: number } });
  /** Each mark is corrected by itself: the case may hear of the day in one step or in two. */
  const now = (pupil: string, attended: number) => until(async () => (await overtaken(pupil)).at(-1)?.is.attended === attended);
  const mailsTo = (pupil: string) => school.mail.received.filter(({ to }) => to.startsWith(pupil));

  it('is put right by a letter to each parent, once', async () => {
    await school.correct('ada', '2026-09-10', present);
    await now('ada', 28);
    expect((await overtaken('ada')).at(-1)).toMatchObject({
      was: { attended: 26, possible: 28 },
      upTo: '2026-09-21 PM',
      stands: false,
    });
    expect(await proposed('ada')).toBe(1);
    const noted = (await overtaken('ada')).length;
    await school.decide('ada', 'correction', { choice: 'approve' });
    const before = mailsTo('ada').length;
    await school.stepTo('2026-09-23');
    const letters = await school.lettersOf('ada');
    expect(letters.map(({ template, status }) => `${template} ${status}`).sort()).toEqual([
      'correction sent',
      'correction sent',
      'letter-1 sent',
      'letter-1 sent',
    ]);
    expect(mailsTo('ada').length).toBe(before + 2);
    for (const { contactId, text, pdf } of letters.filter((one) => one.template === 'correction')) {
      const first = letters.find((one) => one.contactId === contactId && one.template === 'letter-1');
      expect(text).toContain(`That letter has the reference ${(first?.fields as { ref?: string } | undefined)?.ref}`);
      expect(text).toContain('attended 26 of 28 half days from Wednesday 2 September 2026');
      expect(text).toContain('The right figure is 28 of 28 half days');
      expect(text).toContain('With the right figures we would not have sent that letter');
      expect(pdf?.length).toBeGreaterThan(1_000);
    }
    expect(await proposed('ada')).toBe(0);
    await school.stepTo('2026-09-25');
    expect(await proposed('ada')).toBe(0);
    expect(await overtaken('ada')).toHaveLength(noted);
  });

  it('is not put right when the register goes back before anybody decided', async () => {
    await school.correct('ben', '2026-09-10', present);
    await now('ben', 28);
    expect(await proposed('ben')).toBe(1);
    await school.correct('ben', '2026-09-10', absent);
    await now('ben', 26);
    expect(await proposed('ben')).toBe(0);
    expect((await events('ben', 'withdrawn')).at(-1)?.body).toMatchObject({
      why: 'The register says again what the letter said',
    });
    expect((await school.lettersOf('ben')).map(({ status }) => status)).toEqual(['sent', 'sent']);
  });

  async function close(pupil: string) {
    const { id } = await school.caseOf(pupil);
    const textId = randomUUID();
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'Moved away' } } });
    const by = { id: 'lead', role: 'sal' } as const;
    await school.matters.decide({ kind: 'case', matterId: id, input: { key: 'close', kind: 'close', by, textId } });
    expect((await school.caseOf(pupil)).status).toBe('closed');
  }

  it('is put right in a closed case too: noted, decided by a person, and sent once', async () => {
    await close('cas');
    await school.correct('cas', '2026-09-10', present);
    await now('cas', 28);
    expect(await proposed('cas')).toBe(1);
    const before = mailsTo('cas').length;
    const key = randomUUID();
    await school.decide('cas', 'correction', { choice: 'approve' }, { key });
    await school.stepTo('2026-09-28');
    expect(mailsTo('cas').length).toBe(before + 2);
    expect((await school.lettersOf('cas')).map(({ template, status }) => `${template} ${status}`).sort()).toEqual([
      'correction sent',
      'correction sent',
      'letter-1 sent',
      'letter-1 sent',
    ]);
    expect([await proposed('cas'), (await school.caseOf('cas')).status]).toEqual([0, 'closed']);
  });

  it('is not forgotten in a closed case: whoever is to decide is reminded, then whoever stands in is asked', async () => {
    // It asks for a thank-you call by now: a person is reminded once a day, and then it would be by whichever case comes first.
    await close('ben');
    await close('dot');
    await school.correct('dot', '2026-09-10', present);
    await now('dot', 28);
    await school.stepTo('2026-10-05');
    const daysOf = async (type: string) => (await events('dot', type)).map(({ onDay }) => dayOf(onDay));
    expect([await daysOf('reminded'), await daysOf('escalated')]).toEqual([['2026-09-30'], ['2026-10-05']]);
    const begun = await school.db.outbox.findMany({ where: { matterKind: 'reminder' }, orderBy: { id: 'asc' } });
    const reminders = async () =>
      school.db.staffReminder.findMany({
        where: { id: { in: begun.map(({ matterId }) => matterId) }, status: 'sent' },
        include: { user: true },
        orderBy: { onDay: 'asc' },
      });
    await until(async () => (await reminders()).length === begun.length);
    expect((await reminders()).map(({ kind, user }) => `${kind} ${user.email}`)).toEqual([
      'reminded lead@oakbridge.example',
      'escalated head@oakbridge.example',
    ]);
  });

  it('leaves ledgers that verify', async () => {
    await until(async () => (await school.wrongs()).length === 0);
  });
});
