import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toldApart } from '../../../prisma/told-apart.ts';
import { submit } from '../../support/callers.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

/** Two of one name in 9B, a third of that name in 9C, one of that name at another school, and somebody else. */
const pupils = [
  { admissionNo: '101', chosenName: 'Ada Lark', className: '9B', schoolId: 'a' },
  { admissionNo: '102', chosenName: 'Ada Lark', className: '9B', schoolId: 'a' },
  { admissionNo: '103', chosenName: 'Ada Lark', className: '9C', schoolId: 'a' },
  { admissionNo: '104', chosenName: 'Ben Reed', className: '9B', schoolId: 'a' },
  { admissionNo: '105', chosenName: 'Ben Reed', className: '9B', schoolId: 'b' },
];

describe('pupils of one name in a list', () => {
  let schools: TwoSchools;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    schools = await twoSchools();
    const { db } = schools;
    for (const one of pupils) {
      const more = { legalName: one.chosenName, upn: `U${one.admissionNo}`, yearGroup: 9, flags: [] };
      const pupil = await db.pupil.create({
        data: { ...one, ...more, born: new Date('2013-01-15'), onRollFrom: new Date('2026-09-02') },
      });
      ids[one.admissionNo] = pupil.id;
    }
    const { id: importId } = await db.registerImport.create({
      data: { schoolId: 'a', kind: 'marks', fileName: 'marks.csv', sha256: '', status: 'done' },
    });
    await db.$executeRaw`SELECT make_mark_year('2026-09-01'::date)`;
    const two = [ids['101'] ?? '', ids['102'] ?? ''];
    const fortnight = ['14', '15', '16', '17', '18', '21', '22', '23', '24', '25'].map((day) => new Date(`2026-09-${day}`));
    const away = { code: 'O', knownFrom: new Date('2026-09-28T09:00:00Z'), importId };
    await db.mark.createMany({
      data: two.flatMap((pupilId) =>
        fortnight.flatMap((day) => ['AM', 'PM'].map((session) => ({ ...away, pupilId, day, session }))),
      ),
    });
    const of = { session: 'AM', code: 'N', knownFrom: new Date('2026-10-02T09:00:00Z'), importId };
    await db.mark.createMany({
      data: pupils.map(({ admissionNo }) => ({ ...of, pupilId: ids[admissionNo] ?? '', day: new Date('2026-10-02') })),
    });
  });
  afterAll(() => schools.close());

  it.each([
    ['absences without a reason', '/register/unexplained'],
    ['the register of a class', '/register?class=9B&week=2026-09-28'],
    ['the pupils behind a figure', '/figures/pupils'],
  ])('are told apart by their numbers in %s, and nobody else is', async (_, path) => {
    const { status, text } = await (await schools.signedIn('attendance-officer')).get(path);
    expect(status).toBe(200);
    const main = text.slice(text.indexOf('<main'));
    expect([main.includes('Ada Lark (no. 101)'), main.includes('Ada Lark (no. 102)')]).toEqual([true, true]);
    expect(main).toContain('Ben Reed');
    expect(main).not.toMatch(/Ben Reed \(no\.|\(no\. 103\)/);
  });

  it('are told apart in a return, whose file names them by UPN, and now and then when it was made', async () => {
    const office = await schools.signedIn('attendance-officer');
    const asked = '/returns/attendance?month=2026-09';
    const { text } = await office.get(asked);
    expect([text.includes('Ada Lark (no. 101)'), text.includes('Ada Lark (no. 102)')]).toEqual([true, true]);
    expect((await office.get(`${asked}&as=csv`)).text).not.toContain('(no. 101)');
  });

  it('are told apart behind their parents, where two contacts may be one person', async () => {
    const place = {
      schoolId: 'a',
      fullName: 'Una Lark',
      address: ['1 Kiln Row'],
      postcode: 'OK1 1AA',
      email: 'una@families.example',
    };
    for (const no of ['101', '102']) {
      const pupils = {
        create: { relationship: 'Mother', parentalResponsibility: true, livesWith: true, pupilId: ids[no] ?? '' },
      };
      await schools.db.contact.create({ data: { ...place, contactNo: `C${no}`, pupils } });
    }
    const office = await schools.signedIn('attendance-officer');
    const { text } = await office.get('/people/same');
    expect([text.includes('Ada Lark (no. 101)'), text.includes('Ada Lark (no. 102)')]).toEqual([true, true]);
    const pair = await schools.db.contact.findMany({ where: { fullName: 'Una Lark' }, orderBy: { id: 'asc' } });
    const pairs = `contact ${pair.map(({ id }) => id).join(' ')}`;
    expect((await submit(office, '/people/same', { pairs, verdict: 'two', why: '' })).status).toBe(303);
    const kept = (await office.get('/people/same')).text;
    expect(kept).toMatch(/Una Lark \(Ada Lark \(no\. 10[12]\), 9B\) and Una Lark \(Ada Lark \(no\. 10[12]\), 9B\)/);
  });

  it('are told apart by their class where the list does not show it, and by their numbers within one', async () => {
    const called = await toldApart(schools.db, Object.values(ids), { classShown: false });
    expect(pupils.map(({ admissionNo, chosenName: name }) => called({ id: ids[admissionNo] ?? '', name }))).toEqual([
      'Ada Lark (no. 101)',
      'Ada Lark (no. 102)',
      'Ada Lark, 9C',
      'Ben Reed',
      'Ben Reed',
    ]);
  });
});
