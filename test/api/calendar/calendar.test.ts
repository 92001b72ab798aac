import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, csrfOn, submit } from '../../support/callers.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

let schools: TwoSchools;
let office: Browser;
beforeAll(async () => {
  schools = await twoSchools();
  office = await schools.signedIn('attendance-officer');
});
afterAll(() => schools.close());

const wordsOf = (html: string) =>
  html
    .slice(html.indexOf('<main'), html.indexOf('</main'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ');
const shown = async (path: string) => wordsOf((await office.get(path)).text);

const closure = { kind: 'closure', label: 'No heating', from: '2026-11-18', to: '', part: '', yearGroups: '', classes: '' };

describe('the calendar page', () => {
  it('shows the year, a month of it in words, and nothing to change to a teacher', async () => {
    const page = await shown('/calendar?month=2026-12');
    for (const part of [
      'School calendar 2026/27',
      'Term Year 2 Sep 2026 to 21 Jul 2027 Whole school',
      'December 2026',
      '25 Bank holiday',
    ])
      expect(page).toContain(part);
    const teacher = await schools.signedIn('class-teacher');
    const { text: read } = await teacher.get('/calendar');
    expect([read.includes('School calendar 2026/27'), read.includes('/calendar/periods')]).toEqual([true, false]);
  });

  it('takes a closure: what is wrong is named by its field, then it is looked at, then made', async () => {
    const wrong = await submit(office, '/calendar/periods', { ...closure, label: '', yearGroups: 'Year 99', reason: '' });
    expect(wrong.status).toBe(422);
    for (const field of ['label', 'yearGroups', 'reason']) expect(wrong.text).toContain(`href="#${field}"`);
    const fine = await submit(office, '/calendar/periods', { ...closure, reason: 'The boiler broke' });
    expect(fine.status).toBe(303);
    const at = fine.headers.location as string;
    const page = await shown(at);
    for (const part of [
      'Nothing is changed yet',
      'New No heating Closure 18 Nov 2026 Whole school',
      'School days lost 18 Nov 2026',
    ])
      expect(page).toContain(part);
    expect((await submit(office, at, {})).status).toBe(303);
    expect(await shown('/calendar?month=2026-11')).toContain('18 Closed No heating');
    expect(await shown('/calendar')).toMatch(/No heating, on 18 Nov 2026: new The boiler broke A attendance-officer/);
  });

  it('closes a part of the school to those who are named, and to nobody else', async () => {
    const partly = { ...closure, label: 'Leak', from: '2026-11-19', part: 'Science block', yearGroups: '9, 10', classes: '8B' };
    const { headers } = await submit(office, '/calendar/periods', { ...partly, reason: 'Water' });
    expect(await shown(headers.location as string)).toMatch(
      /Year 9, Year 10 and class 8B \(Science block\).*School days lost None/,
    );
    await submit(office, headers.location as string, {});
    expect(await shown('/calendar?month=2026-11')).toContain('19 Partly closed Leak: closed to Year 9');
  });

  it('ends a period early, and takes one out', async () => {
    const of = async (label: string) =>
      (await schools.db.calendarPeriod.findFirstOrThrow({ where: { schoolId: 'a', label } })).id;
    const term = `/calendar/periods/${await of('Year')}`;
    expect((await submit(office, term, { do: 'end', last: '', reason: 'x' })).text).toContain('href="#last"');
    const ended = await submit(office, term, { do: 'end', last: '2027-07-16', reason: 'Voted so' });
    expect(await shown(ended.headers.location as string)).toContain('It was from 2 Sep 2026 to 21 Jul 2027');
    await submit(office, ended.headers.location as string, {});
    const leak = `/calendar/periods/${await of('Leak')}`;
    const gone = await submit(office, leak, { do: 'remove', reason: 'It was mended' });
    await submit(office, gone.headers.location as string, {});
    expect((await office.get(leak)).status).toBe(404);
    expect(await shown('/calendar')).toContain('2 Sep 2026 to 16 Jul 2027');
  });

  it('takes session times with the day from which they hold, and no register that is open too long', async () => {
    const times = { morningFrom: '08:50', morningTo: '12:10', afternoonFrom: '13:00', afternoonTo: '15:10', reason: 'As voted' };
    const wrong = await submit(office, '/calendar/times', { ...times, fromDay: '2026-09-01', registerMinutes: '31' });
    expect([wrong.status, wrong.text.includes('href="#registerMinutes">A register is open for 30 minutes at most')]).toEqual([
      422,
      true,
    ]);
    const once = { ...times, fromDay: '2026-09-01', registerMinutes: '20', decisionKey: randomUUID() };
    for (const pressed of [once, once]) expect((await submit(office, '/calendar/times', pressed)).status).toBe(303);
    expect(await schools.db.sessionTimes.count()).toBe(1);
    await schools.db.sessionTimes.updateMany({ data: { keptAt: new Date('2026-06-30T23:30:00Z') } });
    await submit(office, '/calendar/times', { ...times, fromDay: '2027-01-04', registerMinutes: '30' });
    const page = await shown('/calendar');
    expect(page).toContain('Morning 08:50 to 12:10. The register closes at 09:10');
    expect(page).toMatch(
      /Monday 4 January 2027 08:50 to 12:10 13:00 to 15:10 30 minutes As voted.*Tuesday 1 September 2026 \(now\)/,
    );
    // Half past midnight in London.
    expect(page).toContain('1 Jul 2026');
  });

  it.each([
    ['in a year that is a slip', { fromDay: '1026-09-01' }, ['Look at the year: it has to begin with 20']],
    ['in a year that is still far', { fromDay: '9026-09-01' }, ['Look at the year: it has to begin with 20']],
    [
      'at a time that is none, and of the order of the times only what is known',
      { morningFrom: '8:50' },
      ['Enter when the morning begins'],
    ],
  ])('refuses session times %s', async (_, over, expected) => {
    const times = { morningFrom: '08:50', morningTo: '12:10', afternoonFrom: '13:00', afternoonTo: '15:10', reason: 'As voted' };
    const kept = await schools.db.sessionTimes.count();
    const { status, text } = await submit(office, '/calendar/times', {
      ...{ ...times, fromDay: '2026-09-01', registerMinutes: '20' },
      ...over,
    });
    const said = [...text.matchAll(/<a href="#\w+">([^<]+)<\/a>/g)].map(([, one]) => one);
    expect([status, said, await schools.db.sessionTimes.count()]).toEqual([422, expected, kept]);
  });

  it('understands minutes with a space beside them', async () => {
    const times = { morningFrom: '08:50', morningTo: '12:10', afternoonFrom: '13:00', afternoonTo: '15:10', reason: 'As voted' };
    const fine = { ...times, fromDay: '2027-04-12', registerMinutes: ' 25 ' };
    expect((await submit(office, '/calendar/times', fine)).status).toBe(303);
  });

  it('warns of a closure that takes no school day, as one at a weekend', async () => {
    const at = { ...closure, label: 'Burst pipe', from: '2026-11-21', to: '2026-11-22', reason: 'Water' };
    const page = await shown((await submit(office, '/calendar/periods', at)).headers.location as string);
    expect(page).toMatch(/The closure "Burst pipe" from 21 Nov 2026 to 22 Nov 2026 has no school day in it: look at its dates/);
  });

  it('warns of a class and a year group that nobody is in, once there are pupils, and reads Y10 as year 10', async () => {
    const at = { ...closure, label: 'Leak', from: '2026-11-24', yearGroups: '9, Y10', classes: '9A, 9 A', reason: 'Water' };
    const ask = async () => shown((await submit(office, '/calendar/periods', at)).headers.location as string);
    expect(await ask()).not.toMatch(/Nobody is in|has no school day/);
    const ada = { legalName: 'Ada Lark', chosenName: 'Ada Lark', admissionNo: '101', upn: 'U101', yearGroup: 9, className: '9A' };
    const dates = { born: new Date('2013-01-15'), onRollFrom: new Date('2026-09-02'), flags: [] };
    await schools.db.pupil.create({ data: { ...ada, ...dates, schoolId: 'a' } });
    const page = await ask();
    expect(page).toContain('Nobody is in Year 10: look at how it is written Nobody is in class 9 A: look at how it is written');
    expect(page).not.toMatch(/Nobody is in (Year 9|class 9A)/);
  });

  it('takes a file: the rows that are wrong, or what it would do; and gives one that says the same', async () => {
    const send = async (content: string, fields: Record<string, string> = { mode: 'add', reason: 'New dates' }) => {
      const _csrf = await csrfOn(office, '/calendar/files');
      return office
        .post('/calendar/files')
        .field({ _csrf, decisionKey: '00000000-0000-4000-8000-000000000001', ...fields })
        .attach('file', Buffer.from(content), 'dates.csv');
    };
    const bad = await send('kind,from,to,label\nterm,2026-09-31,2026-12-18,Autumn\n');
    expect([bad.status, wordsOf(bad.text)]).toEqual([422, expect.stringContaining('Row 2 from 2026-09-31 Write a real date')]);
    expect((await send('', {})).text).toContain('href="#mode"');
    const good = await send('kind,from,to,label\nhalf-term,2026-10-26,2026-10-30,October\n');
    const page = await shown(good.headers.location as string);
    for (const part of ['dates.csv', 'New October Half-term', 'Row 2 half-term "October" from 26 Oct 2026 to 30 Oct 2026 Yes'])
      expect(page).toContain(part);
    await submit(office, good.headers.location as string, {});
    const { text } = await office.get('/calendar/calendar.csv');
    expect(text).toMatch(/^\uFEFFkind,from,to,label,part,year_groups,classes\r\nterm,2026-09-02,2027-07-16,Year,,,\r\n/);
    expect((await send(text)).text).toContain('says all of this already');
    const ics = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//The website//EN'];
    const event = (day: string, words: string) => [
      'BEGIN:VEVENT',
      `UID:${day}`,
      `DTSTART;VALUE=DATE:${day}`,
      `SUMMARY:${words}`,
      'END:VEVENT',
    ];
    const website = [...ics, ...event('20261127', 'INSET Day'), ...event('20261204', 'Christmas fair'), 'END:VCALENDAR'].join(
      '\r\n',
    );
    const guessed = await shown((await send(website)).headers.location as string);
    expect(guessed).toContain('New INSET Day INSET day 27 Nov 2026');
    expect(guessed).toMatch(/Event 2 “Christmas fair” on 4 Dec 2026 No. Its words do not say/);
    expect((await send([...ics, ...event('20261204', 'Fair'), 'END:VCALENDAR'].join('\n'))).text).toContain(
      'Nothing in the file could be taken. event 1, “Fair” on 4 Dec 2026: Its words do not say',
    );
  });
});
