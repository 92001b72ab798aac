import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dayOf } from '../../../prisma/day-column.ts';
import { type Browser, csrfOn } from '../../support/callers.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

let schools: TwoSchools;
const asked: { schoolId: string; stepId: string }[] = [];
beforeAll(async () => {
  const notHere = async (): Promise<never> => Promise.reject(new Error('not asked here'));
  const walkClock = async (walk: (typeof asked)[number]) => void asked.push(walk);
  schools = await twoSchools({ matters: { decide: notHere, recallLetter: notHere, settleLetter: notHere, walkClock } });
});
afterAll(() => schools.close());

/** Presses "Next school day" on a page of the clock. */
async function walk(browser: Browser, fields: Record<string, string> = {}, page = '/training') {
  const _csrf = await csrfOn(browser, page);
  return browser
    .post('/training')
    .type('form')
    .send({ _csrf, decisionKey: randomUUID(), how: 'next', ...fields });
}

describe('the training clock', () => {
  it('is the school’s own for its staff', async () => {
    const browser = await schools.signedIn('sal');
    expect((await browser.get('/training')).text).toContain('It is Monday 12 October 2026');
    const { status, headers } = await walk(browser);
    expect([status, headers.location]).toEqual([303, '/training?school=a']);
    const step = await schools.db.clockStep.findFirstOrThrow();
    expect([step.schoolId, dayOf(step.toDay)]).toEqual(['a', '2026-10-13']);
    expect(asked).toEqual([{ schoolId: 'a', stepId: step.id }]);
    const again = await walk(browser, { how: 'to', to: '2026-10-14' });
    expect([again.status, again.text]).toEqual([422, expect.stringContaining('The clock is walking already')]);
    // The field that it concerns is not on the page while the clock walks.
    expect(again.text).not.toContain('href="#to"');
    await schools.db.clockStep.update({ where: { id: step.id }, data: { doneAt: new Date() } });
    const back = await walk(browser, { how: 'to', to: '2026-10-01' });
    expect([back.status, back.text]).toEqual([422, expect.stringContaining('href="#to">Choose a day after today')]);
    asked.splice(1);
  });

  it('walks on from the day that a walk could not finish, and no more once that is done', async () => {
    const browser = await schools.signedIn('sal');
    const newest = () => schools.db.clockStep.findFirstOrThrow({ orderBy: { startedAt: 'desc' } });
    await walk(browser);
    const [failed, today] = [{ failed: 'Refused', reached: new Date('2026-10-12') }, new Date('2026-10-13')];
    await schools.db.clockStep.update({ where: { id: (await newest()).id }, data: failed });
    await schools.db.school.update({ where: { id: 'a' }, data: { today } });
    await walk(browser);
    const again = await newest();
    expect([again.fromDay, again.reached, again.toDay].map(dayOf)).toEqual(['2026-10-13', '2026-10-12', '2026-10-14']);
    await schools.db.clockStep.update({ where: { id: again.id }, data: { doneAt: new Date(), reached: again.toDay } });
    await walk(browser);
    expect(dayOf((await newest()).reached)).toBe('2026-10-13');
    await schools.db.clockStep.updateMany({ data: { doneAt: new Date() } });
    await schools.db.school.update({ where: { id: 'a' }, data: { today: new Date('2026-10-12') } });
  });

  it('is the one training school’s for an officer whose authority has one', async () => {
    const browser = await schools.signedIn('ewo');
    const { text } = await browser.get('/training');
    expect(text).toContain('Training School A');
    expect(text).toContain('It is Monday 12 October 2026');
  });

  it('is chosen by an officer where there are several, and never another authority’s', async () => {
    const at = { address: [], phone: '', email: 'office@c.example', packId: 'gloucestershire', training: true };
    await schools.db.authority.create({ data: { id: 'far', name: 'Far', address: [], phone: '', email: 'far@far.example' } });
    const make = (id: string, authorityId: string) =>
      schools.db.school.create({ data: { id, name: `School ${id}`, authorityId, today: new Date('2026-11-02'), ...at } });
    await Promise.all([make('c', 'authority'), make('d', 'far')]);
    const days = { fromDay: new Date('2026-09-02'), toDay: new Date('2026-11-03') };
    await schools.db.calendarPeriod.create({ data: { schoolId: 'c', kind: 'term', label: 'Term', ...days } });

    const browser = await schools.signedIn('ewo');
    const { text } = await browser.get('/training');
    expect(text).toContain('href="/training?school=a"');
    expect(text).toContain('href="/training?school=c"');
    expect(text).not.toContain('school=d');
    expect(text).toContain('Monday 2 November 2026');
    expect((await browser.get('/training?school=c')).text).toContain('It is Monday 2 November 2026');
    expect((await browser.get('/training?school=d')).status).toBe(404);

    const before = asked.length;
    const send = (fields: Record<string, string>) => walk(browser, fields, '/training?school=c');
    const unsaid = await send({});
    expect([unsaid.status, unsaid.text]).toEqual([422, expect.stringContaining('Choose the school whose clock')]);
    expect((await send({ school: 'd' })).status).toBe(404);
    expect((await send({ school: 'c' })).headers.location).toBe('/training?school=c');
    expect(asked.slice(before).map(({ schoolId }) => schoolId)).toEqual(['c']);
  });

  it('says so where the calendar ends, and stays', async () => {
    await schools.db.school.update({ where: { id: 'c' }, data: { today: new Date('2026-11-03') } });
    await schools.db.clockStep.updateMany({ data: { doneAt: new Date() } });
    const browser = await schools.signedIn('ewo');
    const { status, text } = await browser.get('/training?school=c');
    expect([status, text]).toEqual([200, expect.stringContaining('The school calendar ends here')]);
    // Three schools, three dates: the header says none of them.
    expect(text).toMatch(/title">Westshire Council<br>/);
  });
});
