import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { calendarOf } from '../../../prisma/register.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

/** Six days away while settling in, which the policy of James Marks leaves out, and two after. */
const absent = Object.fromEntries(
  ['2026-09-07', '2026-09-08', '2026-09-09', '2026-09-10', '2026-09-14', '2026-09-15', '2026-09-22', '2026-09-29'].map((day) => [
    day,
    'O',
  ]),
);
const how = 'without 7 Sep 2026 to 18 Sep 2026';
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let lead: Awaited<ReturnType<typeof desk.signedIn>>;
let machine: Awaited<ReturnType<typeof desk.tokenOf>>;
let id: string;

beforeAll(async () => {
  school = await aSchool({ today: '2026-09-04', pupils: { ann: absent, ben: absent }, packId: 'james-marks', workerless: true });
  const settles = { integrationFrom: columnOf('2026-09-07'), integrationUntil: columnOf('2026-09-18') };
  await school.db.pupil.update({ where: { id: school.idOf('ann') }, data: settles });
  await school.db.school.updateMany({ data: { today: columnOf('2026-10-06') } });
  const calendar = await calendarOf(school.db, (await school.db.school.findFirstOrThrow()).id);
  await school.feed(schoolDaysBetween(calendar, '2026-09-07', '2026-10-06'), '2026-10-06');
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  lead = await desk.signedIn('sal');
  machine = await desk.tokenOf('sal');
  id = (await school.caseOf('ann')).id;
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

const words = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const shown = async (path: string) => words((await lead.get(path).expect(200)).text);

it('an attendance that a policy adjusts says so and how on the page of the proposal, with the plain one beside it', async () => {
  const { key } = await school.asked('ann', 'call');
  const page = await shown(`/proposals/${id}/${key}`);
  expect(page).toContain(`. Adjusted attendance: 26 of 30 sessions (86.6%), ${how}.`);
  expect(page).toContain(`Adjusted attendance 26 of 30 sessions (86.6%), ${how}, counted up to`);
  expect(page).toContain('Attendance as marked 34 of 50 sessions (68.0%): what the school reports');
  expect(page).toContain('Days missed, as marked 8 days');
  expect(page).not.toContain('When it was proposed');
});

it('and on the page of the case, in its story and in the list of cases', async () => {
  const page = await shown(`/cases/${id}`);
  expect(page).toContain(`Adjusted attendance 26 of 30 sessions (86.6%), ${how}`);
  expect(page).toContain('Attendance this year as marked, with nothing left out, day by day');
  expect(page).toMatch(new RegExp(`Stage: contact .*Adjusted attendance: 26 of 30 sessions \\(86.6%\\), ${how}`));
  expect(await shown('/cases')).toContain(`86.6% adjusted, ${how}`);
});

it('and by API', async () => {
  const { key } = await school.asked('ann', 'call');
  const { body: proposal } = await machine.get(`/api/v1/proposals/${id}/${key}`).expect(200);
  expect(proposal.evidence).toMatchObject({ attendance: { attended: 26, possible: 30 }, adjusted: how });
  expect((await machine.get(`/api/v1/cases/${id}`).expect(200)).body).toMatchObject({ adjusted: how });
});

it('the same policy says nothing of it where nothing is left out', async () => {
  const other = (await school.caseOf('ben')).id;
  const page = await shown(`/cases/${other}`);
  expect(page).toContain('Attendance 34 of 50 sessions (68.0%), counted up to');
  expect(page).not.toContain('Adjusted attendance:');
});

it('a pupil’s own adjusted figure leaves out what the policy leaves out', async () => {
  const { body } = await machine.get(`/api/v1/register/pupils/${school.idOf('ann')}/figures`).expect(200);
  const figures = body.subjects.flatMap((one: { figures: object[] }) => one.figures);
  expect(figures).toContainEqual(
    expect.objectContaining({
      label: `Adjusted attendance, this school year, ${how}`,
      value: { is: 'attendance', attended: 26, possible: 30 },
    }),
  );
});

it('a proposal shows the sessions of the figure that it rests on, and not only all that were missed', async () => {
  const { key } = await school.asked('ben', 'permission');
  const other = (await school.caseOf('ben')).id;
  const { body } = await machine.get(`/api/v1/proposals/${other}/${key}`).expect(200);
  const [rests] = body.evidence.figures;
  expect(rests.says).toBe('Sessions towards the penalty-notice threshold: 16 sessions');
  expect(rests.sessions).toHaveLength(16);
  expect(rests.sessions[0]).toEqual({ id: '2026-09-07 AM', code: 'O', as: 'unauthorised absence' });
  expect((await shown(`/proposals/${other}/${key}`)).replaceAll('\u00a0', ' ')).toContain(
    `What it rests on: ${rests.says} Unauthorised absence: 16 sessions September 2026: Mon 7 O O, Tue 8 O O`,
  );
});
