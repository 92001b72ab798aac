import { afterEach, expect, it } from '@jest/globals';
import { correctMark } from '../../../activities/register/correct-mark.ts';
import { generatedRegister } from '../../../activities/training/generated-register.ts';
import { dayRegister } from '../../../policy/training/day-register.ts';
import { aRegister } from '../register/a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
afterEach(() => school.end());

const [then, today] = ['2026-10-19', '2026-10-22'];

it('finds no reason for an absence of which somebody has found it already', async () => {
  const found = dayRegister(today, new Map()).filter(({ date }) => date === then);
  const [theirs = '', other = ''] = new Set(found.map(({ admission_no }) => admission_no));
  school = await aRegister({ pupils: [theirs, other], on: today });
  const absent = found.filter(({ admission_no: no }) => no === theirs || no === other);
  await school.marks(absent.map(({ admission_no: no, session }) => [no, then, session, 'N']));
  const pupilId = await school.idOf(theirs);
  const said = { pupilId, on: then, code: 'M', reason: 'At the dentist', by: 'officer', today: '2026-10-20' };
  for (const { session } of absent.filter(({ admission_no: no }) => no === theirs))
    await correctMark(school.deps, { ...said, session });

  const { rows } = await generatedRegister(school.db, { id: 'kiln' }, today);
  const again = rows.filter(({ cells: { date } }) => date === then).map(({ cells }) => cells);
  expect(again).toEqual(absent.filter(({ admission_no: no }) => no === other));
  expect(rows.length).toBeGreaterThan(2_000);
});
