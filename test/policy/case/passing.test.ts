import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { passingFor } from '../../../policy/case/passing.ts';
import { arrangedIn } from '../../../policy/pack/arrangements.ts';
import { readPack } from '../../../policy/pack/read.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { peopleWho, usual } from '../../../policy/simulate/assumptions.ts';
import { exampleCalendar } from '../../../policy/simulate/example-calendar.ts';
import { oneParent } from '../../../policy/simulate/pupil.ts';
import { storyOf } from '../../../policy/simulate/story.ts';
import { packFile } from '../../support/packs.ts';

const calendar = exampleCalendar();
const from = '2026-09-02';

/** The register of these days, present but where something else is said. */
const marked = (until: string, codes: Record<string, string>): Mark[] =>
  schoolDaysBetween(calendar, from, until).flatMap((on): Mark[] => [
    { on, session: 'AM', code: codes[on] ?? '/' },
    { on, session: 'PM', code: codes[on] ?? '\\' },
  ]);
const all = (code: string, ...days: string[]) => Object.fromEntries(days.map((day) => [day, code]));
const week = ['2026-09-21', '2026-09-22', '2026-09-23', '2026-09-24', '2026-09-25'];

describe('what is so of a pupil for a time', () => {
  const known = (on: string, codes: Record<string, string>, more: object = {}) =>
    passingFor({ on, born: '2014-05-11', marks: marked(on, codes), ...more });
  const spell = [{ from: '2026-09-07', to: '2026-09-18' }];

  it.each<[string, ReturnType<typeof known>, string[]]>([
    ['nothing', known('2026-09-25', {}), []],
    ['a suspension of ten school days ago', known('2026-09-25', all('E', '2026-09-14')), ['suspended']],
    ['a suspension of eleven', known('2026-09-28', all('E', '2026-09-14')), []],
    ['detention', known('2026-09-25', all('Y5', '2026-09-24')), ['in detention']],
    ['illness of five days', known('2026-09-25', all('I', ...week)), ['long illness']],
    ['illness of four', known('2026-09-25', all('I', ...week.slice(1))), []],
    ['illness that is over', known('2026-09-28', all('I', ...week)), []],
    ['a part-time timetable on its last day', known('2026-09-18', {}, { partTime: spell }), ['part-time']],
    ['settling in, the day after', known('2026-09-21', {}, { settlingIn: spell }), []],
    ['settling in', known('2026-09-07', {}, { settlingIn: spell }), ['integration']],
    ['a child of four', known('2026-09-25', {}, { born: '2022-05-11' }), ['not of school age']],
  ])('%s', (_, flags, so) => expect(flags).toEqual(so));
});

describe('a policy that does otherwise for it', () => {
  const text = readFileSync(packFile('gloucestershire'), 'utf8');
  const asked = (cohorts: string, codes: Record<string, string>) => {
    const pack = readPack(text.replace('softens: #', `${cohorts}\nsoftens: #`), 'otherwise.yaml');
    const marks = marked('2026-09-18', codes);
    const pupil = {
      ...{ id: 'p', onRollFrom: from, onRollTo: null, flags: [], born: '2014-05-11', yearGroup: 7, recipients: oneParent },
      marksOn: () => marks,
    };
    const told = storyOf(pupil, { pack, calendar, people: peopleWho(usual, 'p'), from, until: '2026-09-18' });
    return told.flatMap(({ event }) =>
      event.type === 'proposed' && ['review', 'letter'].includes(event.proposal.action.what) ? [event.proposal.action.what] : [],
    );
  };
  const ill = ['2026-09-09', '2026-09-10', '2026-09-11', '2026-09-14', '2026-09-15'];
  const looks = 'cohorts: [{ for: [suspended, long illness], source: "1", review by: safeguarding lead }]';
  const none = 'cohorts: [{ for: [suspended], source: "1", no letters: true }]';

  it.each([
    ['a letter about absence without leave goes as ever', looks, all('O', '2026-09-10'), ['letter']],
    ['somebody looks before one about a suspended child', looks, all('E', '2026-09-10'), ['review', 'letter']],
    ['somebody looks before one about a long illness', looks, all('I', ...ill), ['review', 'letter']],
    ['none goes to a suspended child', none, all('E', '2026-09-10'), []],
  ])('%s', (_, cohorts, codes, what) => expect(asked(cohorts, codes)).toEqual(what));

  it('says so on its page', () => {
    const pack = readPack(text.replace('softens: #', `${looks}\nsoftens: #`), 'otherwise.yaml');
    expect(arrangedIn(pack, 'parents')).toContainEqual({
      title: 'For some children',
      says: expect.arrayContaining([
        'If the pupil was suspended or excluded in the last ten school days or has been ill for five school days or more in a row: somebody looks before any letter goes',
      ]),
    });
  });
});
