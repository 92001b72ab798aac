import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let lead: Awaited<ReturnType<typeof desk.signedIn>>;
let machine: Awaited<ReturnType<typeof desk.tokenOf>>;

beforeAll(async () => {
  const absent = { '2026-09-14': 'I', '2026-09-15': 'I', '2026-09-16 AM': 'C2', '2026-09-22': 'O' };
  school = await aSchool({ today: '2026-09-25', pupils: { ann: absent }, workerless: true });
  await school.db.school.updateMany({ data: { today: new Date('2026-10-02T00:00:00Z') } });
  await school.correct('ann', '2026-09-22', { AM: 'C', PM: 'C' });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  lead = await desk.signedIn('sal');
  machine = await desk.tokenOf('sal');
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

type Figure = { label: string; words: string };
const at = () => `/register/pupils/${school.idOf('ann')}/figures`;
async function asked(query: Record<string, string>, subject = 'What you asked for'): Promise<Figure[]> {
  const { body } = await machine.get(`/api/v1${at()}?${new URLSearchParams(query)}`).expect(200);
  return body.subjects.find((one: { subject: string }) => one.subject === subject)?.figures ?? [];
}
const said = (figures: Figure[]) => Object.fromEntries(figures.map(({ label, words }) => [label, words]));
const days = '14 Sep 2026 to 18 Sep 2026';

it('any days, a set of codes, and attendance adjusted by codes, days or sessions, by API', async () => {
  const over = '2026-09-14 to 2026-09-18';
  expect(
    said(await asked({ over, codes: 'I, M', withoutCodes: 'C2', withoutDays: '2026-09-14', withoutSessions: '2026-09-15 PM' })),
  ).toMatchObject({
    [`Attendance, ${days}`]: '50.0% (5 of 10 sessions)',
    [`Adjusted attendance, ${days}, without C2 and 14 Sep 2026 and 1 named session`]: '83.3% (5 of 6 sessions)',
    [`Sessions, I, M, ${days}`]: '4 sessions',
    [`Longest run of absent days, I, M, ${days}`]: '2 school days, 14 Sep 2026 to 15 Sep 2026',
  });
  expect(said(await asked({ over: 'last 3 school days', knownOn: '2026-09-25' }))).toMatchObject({
    'Attendance, the last 3 school days': '100.0% (6 of 6 sessions)',
  });
  expect(await asked({})).toEqual([]);
});

it.each([
  [{ over: 'last week' }, /school weeks/],
  [{ codes: 'Q9' }, /code/],
  [{ withoutSessions: '14 September' }, /2026-09-14 AM/],
  [{ on: '2026-09-24', knownOn: '2026-09-23' }, /Nothing of Thursday 24 September 2026 was known/],
  [{ on: '2026-10-05' }, /has not come yet/],
])('%j is refused, with the cure', async (query, cure) => {
  const { body } = await machine.get(`/api/v1${at()}?${new URLSearchParams(query)}`).expect(422);
  expect(JSON.stringify(body)).toMatch(cure);
});

it('a figure of one day as it was known on another', async () => {
  const unauthorised = async (query: Record<string, string>) =>
    said(await asked(query, 'Absence and lateness'))['Unauthorised absence, this school year'];
  expect([
    await unauthorised({ on: '2026-09-23', knownOn: '2026-09-25' }),
    await unauthorised({ on: '2026-09-23' }),
    await unauthorised({ on: '2026-09-21', knownOn: '2026-09-25' }),
  ]).toEqual(['2 sessions', '0 sessions', '0 sessions']);
});

it('the page asks the same, opens every list to be printed, and gives the figures as a file', async () => {
  const page = `/register/${school.idOf('ann')}/figures`;
  const query = new URLSearchParams({ from: '2026-09-14', to: '2026-09-18', codes: 'I', 'without-codes': 'C2', on: '' });
  const { text } = await lead.get(`${page}?${query}`).expect(200);
  expect(text).toContain(`Adjusted attendance, ${days}, without C2`);
  expect(text).toContain('name="codes" value="I"');
  expect(text).not.toContain('fb-counted" open');
  const listed = (await lead.get(`${page}?${query}&lists=open`).expect(200)).text;
  expect(listed.match(/fb-counted"/g)).toEqual(listed.match(/fb-counted" open/g)?.map(() => 'fb-counted"'));
  const { text: file } = await lead.get(`${page}?${query}&as=csv`).expect(200);
  expect(file).toContain(`"Sessions, I, ${days}",4 sessions,,2026-09-14,2026-09-18,10,2026-09-14 AM I; 2026-09-14 PM I`);
});

it('the register of a class and of a pupil, its charts and its files, as they were known on a day', async () => {
  const pupil = `/register/${school.idOf('ann')}`;
  const week = '/register?class=9A&week=2026-09-22';
  const rowOf = (file: string) => /ann Testing,.*/.exec(file)?.[0];
  const csv = async (path: string) => (await lead.get(path).expect(200)).text;
  expect([rowOf(await csv(`${week}&as=csv`)), rowOf(await csv(`${week}&as=csv&as-known-on=2026-09-25`))]).toEqual([
    expect.stringContaining('/,\\,C,C,/'),
    expect.stringContaining('/,\\,O,O,/'),
  ]);
  const shown = (await lead.get(`${week}&as-known-on=2026-09-25`).expect(200)).text;
  for (const part of [
    'As it was known at the end of Friday 25 September 2026',
    `href="${pupil}?as-known-on=2026-09-25"`,
    'week=2026-09-14&amp;as-known-on=2026-09-25">Week before',
  ])
    expect(shown).toContain(part);
  expect((await lead.get('/register?class=9A&week=2026-09-28&as-known-on=2026-09-25')).text).toContain('Week of 21 Sep 2026');
  const now = (await lead.get(pupil).expect(200)).text;
  const then = (await lead.get(`${pupil}?as-known-on=2026-09-25`).expect(200)).text;
  const unauthorised = (page: string) => /Unauthorised absence<\/dt><dd[^>]*>([^<]*)/.exec(page)?.[1];
  expect([unauthorised(now), unauthorised(then)]).toEqual(['0 sessions', '2 sessions']);
  expect([now.includes('Correct a mark'), then.includes('Correct a mark')]).toEqual([true, false]);
  expect([now.includes('>Corrections<'), then.includes('>Corrections<')]).toEqual([true, false]);
  expect(then).toContain(`src="${pupil}/attendance.svg?size=narrow&amp;as-known-on=2026-09-25"`);
  await lead.get(`${pupil}/attendance.svg?size=narrow&as-known-on=2026-09-25`).expect(200);
  expect(await csv(`${pupil}/weekdays.csv?as-known-on=2026-09-25`)).not.toBe(await csv(`${pupil}/weekdays.csv`));
  expect(await csv(`${pupil}?as=csv&as-known-on=2026-09-25`)).toMatch(/2026-09-21,\/,\\,O,O,/);
  const late = await lead.get(`${pupil}?as-known-on=2027-01-01`);
  expect([late.status, late.text]).toEqual([
    422,
    expect.stringContaining('<a href="#as-known-on">Friday 1 January 2027 has not come'),
  ]);
  const asked = async (path: string) => (await machine.get(`/api/v1${path}`).expect(200)).body;
  const api = `/register/pupils/${school.idOf('ann')}`;
  expect((await asked(`${api}?knownOn=2026-09-25`)).figures).toMatchObject({ unauthorised: 2 });
  const marks = await asked(`${api}/marks?from=2026-09-22&to=2026-09-22&knownOn=2026-09-25`);
  expect(marks.rows.map(({ code }: { code: string }) => code)).toEqual(['O', 'O']);
  const [row] = (await asked('/register/classes/9A?week=2026-09-22&knownOn=2026-09-25')).rows;
  expect(row.marks.map(({ code }: { code: string }) => code).slice(2, 4)).toEqual(['O', 'O']);
});

it('what the form asks wrongly is said at its field, with what was typed; a file without it is not given', async () => {
  const page = `/register/${school.idOf('ann')}/figures`;
  for (const [typed, field, wrong] of [
    ['codes=Q9', 'codes', '“Q9” is not understood. Write codes of the national table, such as I, M, or one of: any absence'],
    ['on=2027-07-01', 'on', 'Thursday 1 July 2027 has not come yet'],
    ['on=2026-09-23&as-known-on=2026-09-21', 'as-known-on', 'Nothing of Wednesday 23 September 2026 was known'],
  ] as const) {
    const { status, text } = await lead.get(`${page}?${typed}`);
    expect([status, text]).toEqual([422, expect.stringContaining(`<a href="#${field}">${wrong}`)]);
    expect(text).toContain(`name="${field}" value="${typed.split('=').at(-1)}" aria-describedby="`);
  }
  const both = (await lead.get(`${page}?codes=Q9&on=2027-07-01`)).text;
  for (const field of ['codes', 'on']) expect(both).toContain(`<a href="#${field}">`);
  const file = await lead.get(`${page}?codes=Q9&as=csv`);
  expect([file.status, file.text]).toEqual([422, expect.stringContaining('“Q9” is not understood')]);
});

it('what is shown can be taken out: the class week, a pupil’s weeks, movement between bands and who is about to cross', async () => {
  const file = async (path: string) =>
    (
      await lead
        .get(path)
        .expect(200)
        .expect('content-type', /text\/csv/)
    ).text;
  expect(await file('/register?class=9A&week=2026-09-22&as=csv')).toMatch(
    /Pupil,2026-09-21 AM,2026-09-21 PM,2026-09-22 AM,.*\r\nann Testing,\/,\\,C,C,/,
  );
  expect(await file(`/register/${school.idOf('ann')}?as=csv`)).toMatch(
    /Week of,Monday AM,Monday PM,.*Friday PM\r\n2026-09-28,,,[\s\S]*2026-09-14,I,I,I,I,C2,/,
  );
  expect(await file('/figures?as=movement')).toMatch(/Before this week,Now /);
  expect(await file('/figures?as=about-to-cross&within=2')).toMatch(/Line,The next session,2 in a row,Pupils/);
  for (const [page, link] of [
    ['/register', 'as=csv'],
    [`/register/${school.idOf('ann')}`, '?as=csv'],
    ['/figures', 'as=movement'],
    ['/figures', 'as=about-to-cross'],
  ] as const)
    expect((await lead.get(page).expect(200)).text).toContain(link);
});
