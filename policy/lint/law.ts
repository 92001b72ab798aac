import { pounds } from '../law/pounds.ts';
import { lawOn } from '../law/rule-sets.ts';
import type { AsWritten } from '../pack/as-written.ts';
import { codeTable, penaltyNoticeCodes } from '../register/codes.ts';
import { sicknessDays } from '../register/measures/illness.ts';
import type { Rule } from './finding.ts';

/** The last day on which a document is in force: it is held against the newest law of its time, whenever it began. */
const day = (pack: AsWritten) => pack['in force'].to ?? '9999-12-31';
const national = (on: string) => codeTable.filter(({ from, until }) => (!from || from <= on) && (!until || on <= until));
const gone = (on: string) => codeTable.filter(({ until }) => until !== null && until < on);

const missingCodes = (listed: readonly string[], on: string): string[] =>
  national(on).flatMap(({ code }) => (listed.includes(code) ? [] : [code]));

/** What a document says of the law, held against the law of the last day it is in force. */
export const lawRules: readonly Rule[] = [
  {
    id: 'code-abolished',
    severity: 'error',
    about: 'The code list has a code that ended',
    source: 'SI 2024/208 reg 10',
    find: ({ states, ...pack }) =>
      (states?.codes?.list ?? []).flatMap((code, i) => {
        const old = gone(day(pack as AsWritten)).find((one) => one.code === code);
        return old
          ? [
              {
                path: ['states', 'codes', 'list', i],
                why: `Code ${code} (${old.words}) ended on ${old.until}`,
                cure: 'Take it out of the list',
              },
            ]
          : [];
      }),
  },
  {
    id: 'codes-missing',
    severity: 'warning',
    about: 'The code list leaves out codes of the national table',
    source: 'SI 2024/208 reg 10',
    find(pack) {
      const list = pack.states?.codes?.list;
      const missing = list ? missingCodes(list, day(pack)) : [];
      if (missing.length === 0) return [];
      const why = `The national table has these, the list has not: ${missing.join(', ')}`;
      return [{ path: ['states', 'codes', 'list'], why, cure: 'Add them: a register may bear any code of the table' }];
    },
  },
  {
    id: 'regulations-superseded',
    severity: 'error',
    about: 'The document cites regulations that are no longer in force',
    source: 'SI 2024/208, in force from 19 August 2024',
    find: (pack) =>
      (pack.states?.cites ?? []).flatMap(({ title, for: what }, i) =>
        day(pack) >= '2024-08-19' && /\b2006\b/.test(title) && /registration|regulations/i.test(title)
          ? [
              {
                path: ['states', 'cites', i],
                why: `"${title}" was replaced on 19 August 2024${what ? `, also for ${what}` : ''}`,
                cure: 'Cite the School Attendance (Pupil Registration) (England) Regulations 2024',
              },
            ]
          : [],
      ),
  },
  {
    id: 'unexplained-too-long',
    severity: 'error',
    about: 'An absence without a reason is left open for another time than five school days',
    source: 'SI 2024/208 reg 10(7)',
    find(pack) {
      const settled = pack.states?.['unexplained absence']?.['settled in'];
      const days = lawOn(day(pack)).reasonFoundIn.value;
      if (!settled || (settled.n === days && settled.unit === 'school day')) return [];
      const why = `The document says ${settled.n} ${settled.unit}${settled.n === 1 ? '' : 's'}; the law gives ${days} school days`;
      return [{ path: ['states', 'unexplained absence', 'settled in'], why, cure: `Write "${days} school days"` }];
    },
  },
  {
    id: 'notice-test',
    severity: 'error',
    about: 'Penalty notices are asked for by another test than the national threshold',
    source: 'Working together to improve school attendance 2024, ch 6',
    find(pack) {
      const test = pack.states?.['penalty notice']?.test;
      const law = lawOn(day(pack)).threshold.value;
      if (!test || !law) return [];
      if ('sessions' in test && test.sessions === law.sessions && test['school weeks'] === law.schoolWeeks) return [];
      const says =
        'attendance' in test
          ? `attendance below ${test.attendance.below / 100}%`
          : `${test.sessions} sessions in ${test['school weeks']} school weeks`;
      const why = `The document says ${says}. A percentage is no ground: the threshold is ${law.sessions} sessions in ${law.schoolWeeks} school weeks`;
      return [{ path: ['states', 'penalty notice', 'test'], why, cure: 'Say the national threshold' }];
    },
  },
  {
    id: 'notice-codes',
    severity: 'error',
    about: 'The codes counted for a penalty notice are not those of the framework',
    source: 'National framework for penalty notices, 2024',
    find(pack) {
      const codes = pack.states?.['penalty notice']?.codes;
      const missing = codes ? [...penaltyNoticeCodes].filter((code) => !codes.includes(code)) : [];
      const more = (codes ?? []).filter((code) => !penaltyNoticeCodes.has(code));
      if (missing.length + more.length === 0) return [];
      const said = [
        ...(missing.length ? [`${missing.join(', ')} is missing`] : []),
        ...(more.length ? [`${more.join(', ')} does not count`] : []),
      ];
      return [
        {
          path: ['states', 'penalty notice', 'codes'],
          why: `${said.join('; ')}: the framework counts ${[...penaltyNoticeCodes].join(', ')}`,
          cure: 'Write those four',
        },
      ];
    },
  },
  {
    id: 'notice-amounts',
    severity: 'error',
    about: 'What a penalty notice costs is not what the law says',
    source: 'SI 2007/1867 as amended by SI 2024/210',
    find(pack) {
      const { first, second } = lawOn(day(pack));
      return [
        ...amountsIn(pack, 'first', [
          [first.value.discountPence, first.value.discountDays],
          [first.value.fullPence, first.value.fullDays],
        ]),
        ...amountsIn(pack, 'second', [
          [second.value.discountPence, second.value.discountDays],
          [second.value.fullPence, second.value.fullDays],
        ]),
      ];
    },
  },
  {
    id: 'third-notice-automatic',
    severity: 'error',
    about: 'A third penalty notice is said to become a prosecution by itself',
    source: 'National framework for penalty notices, 2024',
    find: ({ states }) =>
      states?.['penalty notice']?.third === 'prosecuted'
        ? [
            {
              path: ['states', 'penalty notice', 'third'],
              why: 'After two notices in three years another step is considered, prosecution among them: nothing is prosecuted by itself',
              cure: 'Write that the authority considers what comes next',
            },
          ]
        : [],
  },
  {
    id: 'notice-automatic',
    severity: 'error',
    about: 'Penalty notices are worded as following by themselves',
    source: 'Working together to improve school attendance 2024, ch 6',
    find: ({ states }) =>
      states?.['penalty notice']?.issued === 'always'
        ? [
            {
              path: ['states', 'penalty notice', 'issued'],
              why: 'Meeting the threshold means that a notice is considered, each case by itself, never that it is issued',
              cure: 'Write "may ask the authority to consider"',
            },
          ]
        : [],
  },
  {
    id: 'fine-half-said',
    severity: 'warning',
    about: 'The greatest fine is named for one offence only',
    source: 'Education Act 1996 s444(8), (8A)',
    find: ({ states }) =>
      states?.['fine for'] && states['fine for'].offences.length < 2
        ? [
            {
              path: ['states', 'fine for'],
              why: 'Parents can be charged with either of two offences, s444(1) and s444(1A), and what they can be fined differs',
              cure: 'Name both, or neither',
            },
          ]
        : [],
  },
  {
    id: 'sickness-return',
    severity: 'error',
    about: 'The sickness return is made at another number of days',
    source: 'SI 2024/208 reg 13',
    find({ states }) {
      const said = states?.['sickness return'];
      if (!said || (said['at least']?.n === sicknessDays && said['more than'] === undefined)) return [];
      return [
        {
          path: ['states', 'sickness return'],
          why: `It is made at ${sicknessDays} school days or more, missed or likely to be`,
          cure: `Write "at least ${sicknessDays} school days"`,
        },
      ];
    },
  },
  {
    id: 'irregular-return',
    severity: 'error',
    about: 'The authority hears of irregular attendance less than monthly',
    source: 'SI 2024/208 reg 13',
    find: ({ states }) =>
      states?.['irregular attendance'] && states['irregular attendance']['told every'] !== 'month'
        ? [
            {
              path: ['states', 'irregular attendance', 'told every'],
              why: `It is told every ${states['irregular attendance']['told every']}; the return is made at least once a month`,
              cure: 'Write "month", or what was agreed with the authority if that is more often',
            },
          ]
        : [],
  },
  {
    id: 'persistent-absence',
    severity: 'error',
    about: 'Persistent absence leaves out exactly 90%',
    source: 'DfE, pupil absence statistics: methodology',
    find: ({ states }) =>
      states?.['persistent absence']?.below !== undefined
        ? [
            {
              path: ['states', 'persistent absence', 'below'],
              why: 'A tenth of sessions missed is persistent: exactly 90% is in it',
              cure: 'Write "at most 90%"',
            },
          ]
        : [],
  },
];

type Step = readonly [pence: number | null, days: number | null];

/** What is wrong with the amounts that a document has for one of the two notices. */
function amountsIn(pack: AsWritten, which: 'first' | 'second', law: readonly Step[]): ReturnType<Rule['find']> {
  const said = pack.states?.['penalty notice']?.[which];
  const right = law.filter(([pence]) => pence !== null);
  if (
    !said ||
    said.map((one) => `${one.pounds * 100} ${one.days}`).join() === right.map(([pence, days]) => `${pence} ${days}`).join()
  )
    return [];
  const words = right.map(([pence, days]) => `${pounds(pence ?? 0)} within ${days} days`).join(', ');
  return [
    {
      path: ['states', 'penalty notice', which],
      why: `The ${which} notice costs ${words}`,
      cure: 'Write these amounts, or leave them to the authority’s own page',
    },
  ];
}
