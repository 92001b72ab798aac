import { durationSaid, type Unit } from '../calendar/count-on.ts';
import type { AsWritten } from '../pack/as-written.ts';
import type { Condition } from '../pack/condition.ts';
import { conditionsOf } from '../pack/conditions-of.ts';
import { gatedTasks } from '../pack/step.ts';
import { beyondReach } from './beyond-reach.ts';
import { bothCalledFor } from './both-called-for.ts';
import { circleRule } from './circles.ts';
import { lettersIn, stepsIn } from './clause-walk.ts';
import { concernRule } from './concern.ts';
import type { Rule } from './finding.ts';
import { lackedBy, partsOf } from './parts-of.ts';
import { attendanceRange, both, covers, firstReachedAt, isEmpty, percent } from './range.ts';
import { timesIn } from './times.ts';

const atLeast = (pack: AsWritten): number => pack.figures?.['at least'] ?? 1;

/** Whether the ladder can be climbed, and came down from. */
export const ladderRules: readonly Rule[] = [
  {
    id: 'stage-unreachable',
    severity: 'error',
    about: 'A stage that nothing leads to',
    source: 'What can never happen is no policy',
    find(pack) {
      const reached = reachedStages(pack);
      return Object.keys(pack.stages).flatMap((name) =>
        reached.has(name)
          ? []
          : [
              {
                path: ['stages', name],
                why: `Neither an opening nor another stage leads to "${name}"`,
                cure: 'Lead to it with "go", or take it out',
              },
            ],
      );
    },
  },
  {
    id: 'stage-without-way-on',
    severity: 'error',
    about: 'A stage that nothing leads on from and that the close leaves out',
    source: 'No case may stand for ever',
    find: ({ stages, closes }) =>
      Object.entries(stages).flatMap(([name, { next }]) =>
        next.length === 0 && (!closes || closes['not in'].includes(name))
          ? [
              {
                path: ['stages', name],
                why: `A case in "${name}" stays there whatever happens`,
                cure: 'Say what comes next, or let it close there',
              },
            ]
          : [],
      ),
  },
  {
    id: 'never-so',
    severity: 'error',
    about: 'A condition that can never be so',
    source: 'Its parts exclude each other',
    find: (pack) =>
      conditionsOf(pack).flatMap(({ when, path }) => {
        const range = attendanceRange(when, pack.bands);
        return range && isEmpty(range)
          ? [
              {
                path,
                why: `No attendance is ${percent(range.low)} or more and ${percent(range.high)} or less at once`,
                cure: 'Mend one of the two ends',
              },
            ]
          : [];
      }),
  },
  {
    id: 'threshold-out-of-reach',
    severity: 'warning',
    about: 'A threshold that a register of the first weeks cannot reach, or that no register can in the time it is counted over',
    source: 'Attendance is sessions attended of sessions possible: few sessions make few percentages',
    find: (pack) =>
      conditionsOf(pack).flatMap(({ when, path }) => {
        const beyond = beyondReach(when).map((why) => ({ path, why, cure: 'Lower the number, or count over a longer time' }));
        const range = attendanceRange(when, pack.bands);
        if (!range || isEmpty(range) || beyond.length > 0) return beyond;
        const first = firstReachedAt(range, atLeast(pack));
        if (first !== null && first <= sixWeeks) return [];
        const why =
          first === null ? 'No register of one school year has such a figure' : `It is first possible with ${first} sessions`;
        return [{ path, why, cure: 'Widen the range, for example with "at most" alone' }];
      }),
  },
  {
    id: 'never-first',
    severity: 'error',
    about: 'A clause that another one before it always decides',
    source: 'The first match decides',
    find: (pack) => [
      ...shadowed(pack, pack.opens, ['opens']),
      ...Object.entries(pack.stages).flatMap(([name, { next }]) => shadowed(pack, next, ['stages', name, 'next'])),
    ],
  },
  {
    id: 'two-letters-at-once',
    severity: 'error',
    about: 'Two clauses that send letters for the same figures, beside one stage or beside all, without an order between them',
    source: 'One family, one letter at a time',
    find(pack) {
      const letters = lettersIn(pack).filter(({ beside }) => beside);
      return letters.flatMap((one, i) =>
        letters.slice(i + 1).flatMap((other) => {
          const when = bothCalledFor(pack, one, other);
          return when === null
            ? []
            : [
                {
                  path: other.path,
                  why: `${when} the letters "${one.letter.template}" and "${other.letter.template}" are both called for`,
                  cure: 'Make the two stages of a ladder, narrow one of the conditions, or let one ask for the "letter sent" before it',
                },
              ];
        }),
      );
    },
  },
  {
    id: 'letter-2-first',
    severity: 'error',
    about: 'A second letter without the first',
    source: 'A family is warned before it is warned again',
    find: (pack) =>
      firstStages(pack).flatMap(({ stage, path }) =>
        pack.stages[stage]?.do.some((step) => 'letter' in step && ['letter-2', 'letter-3'].includes(step.letter.template))
          ? [
              {
                path,
                why: `A case that begins in "${stage}" gets its second letter first`,
                cure: 'Begin in the stage that sends the first',
              },
            ]
          : [],
      ),
  },
  circleRule,
  concernRule,
  {
    id: 'letter-without-ground',
    severity: 'error',
    about: 'A warning letter whose stage does not say what it rests on',
    source: 'A letter is withdrawn when the register is corrected and its ground is gone',
    find: ({ stages }) =>
      Object.entries(stages).flatMap(([name, stage]) =>
        !stage['only while'] && stage.do.some((step) => 'letter' in step && /^letter-\d$/.test(step.letter.template))
          ? [
              {
                path: ['stages', name],
                why: `"${name}" sends a warning letter whatever the figures have come to be`,
                cure: 'Add "only while" with the figures that it rests on',
              },
            ]
          : [],
      ),
  },
  {
    id: 'letters-too-close',
    severity: 'warning',
    about: 'Two letters may follow each other within a week',
    source: 'A family needs time to read, to answer and to change something',
    find: ({ letters }) =>
      letters && letters['no two within'] < 5
        ? [
            {
              path: ['letters', 'no two within'],
              why: 'A second letter could follow before anybody can have acted on the first',
              cure: 'Leave at least five school days',
            },
          ]
        : [],
  },
  {
    id: 'wait-without-beginning',
    severity: 'error',
    about: 'A time of waiting that counts from what its stage does not do',
    source: 'Every wait begins and ends',
    find: ({ stages }) =>
      Object.entries(stages).flatMap(([name, { wait, do: steps }]) => {
        const needed = wait && beginsWith[wait.from];
        return needed && !steps.some((step) => needed in step)
          ? [
              {
                path: ['stages', name, 'wait', 'from'],
                why: `It counts from a ${needed}, and "${name}" has none`,
                cure: `Add the ${needed}, or count from "stage begun"`,
              },
            ]
          : [];
      }),
  },
  {
    id: 'wait-without-end',
    severity: 'error',
    about: 'A time of waiting after which nothing follows',
    source: 'Every wait ends in something',
    find: ({ stages }) =>
      Object.entries(stages).flatMap(([name, { wait, next }]) => {
        if (!wait) return [];
        const said = next.flatMap(({ when }) => partsOf(when));
        const path = ['stages', name, 'wait'];
        if (wait.target === undefined)
          return said.some(({ waited }) => waited)
            ? []
            : [
                {
                  path,
                  why: 'When the time is over, nothing follows',
                  cure: 'Say what comes next with "when: { waited: true }"',
                },
              ];
        const missing = (['met', 'not met'] as const).filter(
          (target) => !said.some((one) => one.target === target || one.waited || one.not?.target === otherOf[target]),
        );
        return missing.length === 0
          ? []
          : [
              {
                path,
                why: `Nothing follows when the target is ${missing.join(' or ')}`,
                cure: `Say what comes next with "when: { target: ${missing[0]} }"`,
              },
            ];
      }),
  },
  {
    id: 'condition-without-cause',
    severity: 'error',
    about: 'A condition on something that the stage never does',
    source: 'What can never happen is no policy',
    find: ({ stages }) =>
      Object.entries(stages).flatMap(([name, stage]) =>
        stage.next.flatMap(({ when }, i) =>
          lackedBy(when, (one) => causeLacking(one, stage)).map((cause) => ({
            path: ['stages', name, 'next', i, 'when'],
            why: `"${name}" has no ${cause}, so this is never so`,
            cure: `Add the ${cause}, or take the clause out`,
          })),
        ),
      ),
  },
  {
    id: 'nothing-closes',
    severity: 'error',
    about: 'Nothing says when a case ends',
    source: 'A family is told when it is over',
    find: ({ closes }) =>
      closes
        ? []
        : [
            {
              path: [],
              why: 'The document has no way out: a case would stay open for ever',
              cure: 'Add "closes": at which attendance, held for how long',
            },
          ],
  },
  {
    id: 'closes-where-it-opens',
    severity: 'error',
    about: 'A case could close at the attendance at which one opens',
    source: 'A case that closes and opens again the next day is no help',
    find(pack) {
      const closing = pack.closes && attendanceRange(pack.closes.when, pack.bands);
      if (!closing) return [];
      return pack.opens.flatMap(({ when }) => {
        const opening = attendanceRange(when, pack.bands);
        const common = opening && both(opening, closing);
        // Exactly on the line a case may open, and close when it has held for the time that is asked.
        return common && !isEmpty(common) && common.low < common.high
          ? [
              {
                path: ['closes', 'when'],
                why: `From ${percent(common.low)} to ${percent(common.high)} a case closes and another one opens`,
                cure: 'Let it close at or above where cases open',
              },
            ]
          : [];
      });
    },
  },
  {
    id: 'year-end-unsaid',
    severity: 'warning',
    about: 'Nothing says what a new school year does to open cases',
    source: 'Attendance begins anew in September; contracts, notices and their counts do not',
    find: (pack) =>
      pack['year end']
        ? []
        : [
            {
              path: [],
              why: 'In September the figures begin anew, and the document does not say what becomes of open cases',
              cure: 'Add "year end"',
            },
          ],
  },
  {
    id: 'holidays-unsaid',
    severity: 'warning',
    about: 'Nothing says what a holiday does to a time that goes on in it',
    source: 'Two weeks that reach into a holiday are another time than two weeks of school',
    find(pack) {
      const [first] = pack.waits ? [] : timesIn(pack).filter(({ time }) => outside.has(time.unit));
      return first
        ? [
            {
              path: first.path,
              why: `"${durationSaid(first.time)}" may reach into a holiday, and nothing says what that does to it`,
              cure: 'Add "waits", or count in school days or school weeks',
            },
          ]
        : [];
    },
  },
  {
    id: 'siblings-unsaid',
    severity: 'warning',
    about: 'Nothing says what is done together for brothers and sisters',
    source: 'A family with two cases is one family',
    find: (pack) =>
      pack.siblings ? [] : [{ path: [], why: 'Two children of one family can have cases at once', cure: 'Add "siblings"' }],
  },
  {
    id: 'document-missing',
    severity: 'warning',
    about: 'A letter that "documents" does not name',
    source: 'A reader of the policy looks for the letter under the policy’s own name',
    find: (pack) =>
      pack.documents
        ? lettersIn(pack).flatMap(({ letter, path }) =>
            pack.documents?.[letter.template]
              ? []
              : [
                  {
                    path,
                    why: `The letter "${letter.template}" has no entry in "documents"`,
                    cure: 'Say there what the policy calls it',
                  },
                ],
          )
        : [],
  },
  {
    id: 'task-without-permission',
    severity: 'error',
    about: 'A step that bears on a family’s rights, without anybody to approve it',
    source: 'A home visit, a contract, a referral or a notice is never automatic',
    find: (pack) =>
      stepsIn(pack).flatMap(({ step, path }) =>
        'task' in step && gatedTasks.has(step.task.what) && step.task['approved by'] === undefined
          ? [{ path: [...path, 'task'], why: `Nobody approves the ${step.task.what}`, cure: 'Say who does, with "approved by"' }]
          : [],
      ),
  },
];

const sixWeeks = 60;

/** What goes on while the school is closed; hours run on everywhere, as the language says. */
const outside: ReadonlySet<Unit> = new Set(['working day', 'day', 'week']);

const beginsWith: Partial<Record<string, string>> = {
  'letter sent': 'letter',
  'letter received': 'letter',
  meeting: 'meeting',
  call: 'call',
};

const otherOf = { met: 'not met', 'not met': 'met' } as const;

/** The first thing that a condition waits for and that the stage never does; none if it does all of them. */
function causeLacking({ target, waited, meeting, call }: Condition, { wait, do: steps }: AsWritten['stages'][string]): string[] {
  if (target !== undefined && wait?.target === undefined) return ['wait with a target'];
  if (waited && !wait) return ['wait'];
  if (meeting !== undefined && !steps.some((step) => 'meeting' in step)) return ['meeting'];
  return call !== undefined && !steps.some((step) => 'call' in step) ? ['call'] : [];
}

const onlyAttendance = (grounds: readonly Condition[]): boolean =>
  grounds.every((when) => Object.keys(when).every((key) => key === 'attendance'));

/** The stages in which a case may begin, or begin a school year, each with the clause that says so. */
function firstStages(pack: AsWritten): { stage: string; path: readonly PropertyKey[] }[] {
  const open = pack['year end']?.['open cases'];
  const { 'alongside opens': beside, 'concern opens': concern } = pack;
  return [
    ...pack.opens.map(({ stage }, i) => ({ stage, path: ['opens', i, 'stage'] })),
    ...(beside ? [{ stage: beside, path: ['alongside opens'] }] : []),
    ...(concern ? [{ stage: concern, path: ['concern opens'] }] : []),
    ...(typeof open === 'object' ? [{ stage: open['go to'], path: ['year end', 'open cases', 'go to'] }] : []),
  ];
}

function reachedStages(pack: AsWritten): Set<string> {
  const reached = new Set<string>();
  for (const queue = firstStages(pack).map(({ stage }) => stage); queue.length > 0; ) {
    const name = queue.pop() as string;
    if (reached.has(name)) continue;
    reached.add(name);
    queue.push(...(pack.stages[name]?.next ?? []).map(({ go }) => go));
  }
  return reached;
}

/** Of clauses of which the first match decides, those that never come first, as far as attendance alone tells. */
function shadowed(pack: AsWritten, clauses: readonly { when: Condition }[], path: readonly PropertyKey[]) {
  return clauses.flatMap(({ when }, i) => {
    const range = attendanceRange(when, pack.bands);
    const before = clauses.slice(0, i).find((earlier) => {
      const wide = attendanceRange(earlier.when, pack.bands);
      return (
        wide &&
        range &&
        onlyAttendance([earlier.when]) &&
        Object.keys(earlier.when.attendance ?? {}).every((key) => sides.has(key)) &&
        covers(wide, range)
      );
    });
    return before
      ? [
          {
            path: [...path, i],
            why: 'A clause before it decides all that it would',
            cure: 'Put the narrower clause first, or mend its ends',
          },
        ]
      : [];
  });
}

const sides = new Set(['below', 'at most', 'at least', 'above', 'in band']);
