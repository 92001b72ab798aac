import type { AsWritten } from '../pack/as-written.ts';
import { impliesThreshold } from '../pack/notice-ground.ts';
import { peopleOf } from '../pack/step.ts';
import { type Role, titleOf } from '../people/roles.ts';
import { type PlacedStep, stepsIn } from './clause-walk.ts';
import type { Rule } from './finding.ts';

/** Who may decide what, and on which grounds. */
export const peopleRules: readonly Rule[] = [
  {
    id: 'nobody-may-decide',
    severity: 'error',
    about: 'A step that the person it names may not decide',
    source: 'What a school decides, somebody at the school decides; what an authority decides is not a school’s step',
    find: (pack) =>
      asked(pack).flatMap(({ name, path }) => {
        const role = pack.people[name]?.role;
        return role !== undefined && !atSchool.has(role)
          ? [
              {
                path,
                why: `"${name}" is a ${role}, and has no inbox at the school`,
                cure: 'Name somebody who works at the school',
              },
            ]
          : [];
      }),
  },
  {
    id: 'nobody-stands-in',
    severity: 'note',
    about: 'Nobody is asked when this person does not answer',
    source: 'No decision may wait for ever',
    find: ({ people }) =>
      Object.entries(people).flatMap(([name, { role, 'stands in': other }]) =>
        other === name && role !== 'headteacher'
          ? [{ path: ['people', name, 'stands in'], why: `"${name}" stands in for themselves`, cure: 'Name somebody else' }]
          : [],
      ),
  },
  {
    id: 'notice-approver',
    severity: 'error',
    about: 'A request for a penalty notice that somebody other than the headteacher approves',
    source: 'Working together to improve school attendance 2024, ch 6: the headteacher, or whom the headteacher has authorised',
    find: (pack) =>
      noticeRequests(pack).flatMap(({ step, path }) => {
        if (!('task' in step)) return [];
        const approver = pack.people[step.task['approved by'] ?? '']?.role;
        return approver === 'headteacher'
          ? []
          : [{ path, why: 'A notice is asked for with the headteacher’s authority', cure: 'Let the headteacher approve it' }];
      }),
  },
  {
    id: 'notice-stand-in',
    severity: 'warning',
    about: 'Somebody stands in for who approves a request for a penalty notice, and need not be authorised to',
    source: 'Education Act 1996 s444B: the headteacher, and a deputy or assistant whom the headteacher has authorised',
    find: (pack) =>
      noticeRequests(pack).flatMap(({ step, path }) => {
        const approver = 'task' in step ? pack.people[step.task['approved by'] ?? ''] : undefined;
        const other = approver?.['stands in'] ?? '';
        return approver?.role === 'headteacher' && pack.people[other]?.role !== 'headteacher'
          ? [
              {
                path,
                why: `"${other}" stands in for the headteacher, and may approve the notice at once`,
                cure: 'Let the headteacher stand in for themselves, unless that is a deputy whom they have authorised',
              },
            ]
          : [];
      }),
  },
  {
    id: 'asks-and-approves',
    severity: 'error',
    about: 'One person both asks for a step, or does it, and approves it',
    source: 'Who proposes a legal step does not authorise it; and no case lets whoever agreed to a task record that it was done',
    find: (pack) =>
      approvals(pack).flatMap(({ step, path, approver, other }) =>
        approver === other
          ? [{ path, why: `"${other}" ${'task' in step ? 'does' : 'asks for'} it and approves it`, cure: 'Name two people' }]
          : [],
      ),
  },
  {
    id: 'approves-in-one-role',
    severity: 'warning',
    about: 'Who asks for a step, or does it, and who approves it have one role',
    source: 'Where a school has one person of a role, whoever approved could not go on: somebody else has to',
    find: (pack) =>
      approvals(pack).flatMap(({ path, approver, other }) => {
        const role = pack.people[approver]?.role;
        return approver !== other && role !== undefined && role === pack.people[other]?.role
          ? [{ path, why: `"${other}" and "${approver}" are both ${titleOf(role)}`, cure: 'Name people of two roles' }]
          : [];
      }),
  },
  {
    id: 'notice-without-ground',
    severity: 'error',
    about: 'A request for a penalty notice that can be made without the national threshold',
    source: 'National framework for penalty notices, 2024',
    find: (pack) =>
      noticeRequests(pack).flatMap(({ ground, path }) =>
        ground.some(impliesThreshold)
          ? []
          : [
              {
                path,
                why: 'It could be asked for with fewer than 10 sessions in 10 school weeks',
                cure: 'Add "figure: { of: { measure: penalty-notice-sessions }, at least: 10 }"',
              },
            ],
      ),
  },
  {
    id: 'evidence-blanket',
    severity: 'error',
    about: 'Medical evidence asked of everybody',
    source: 'Working together to improve school attendance 2024: only where there is a genuine and reasonable doubt',
    find: (pack) =>
      stepsIn(pack).flatMap(({ step, path }) =>
        'task' in step && step.task.what === 'evidence request' && step.task.may !== true
          ? [
              {
                path,
                why: 'Evidence is asked for whenever this is so, whatever anybody has reason to doubt',
                cure: 'Let a person decide: "may: true"',
              },
            ]
          : [],
      ),
  },
];

/** The steps that somebody approves before another goes on with them: whoever asked for a referral, or does a task. */
const approvals = (pack: AsWritten): (PlacedStep & { approver: string; other: string })[] =>
  stepsIn(pack).flatMap((placed) => {
    const { step } = placed;
    const [approver, other] =
      'referral' in step
        ? [step.referral['approved by'], step.referral['asked by']]
        : 'task' in step
          ? [step.task['approved by'], step.task.by]
          : [];
    return approver === undefined || other === undefined ? [] : [{ ...placed, approver, other }];
  });

type Asked = { name: string; path: readonly PropertyKey[] };

/** Everybody before whom a policy puts something: its steps, who looks before a letter or at a new year, and the first contact. */
function asked(pack: AsWritten): Asked[] {
  const of = (name: string | undefined, ...path: PropertyKey[]): Asked[] => (name === undefined ? [] : [{ name, path }]);
  return [
    ...stepsIn(pack).flatMap(({ step, path }) => peopleOf(step).map((name) => ({ name, path }))),
    ...pack.cohorts.flatMap((cohort, i) => of(cohort['review by'], 'cohorts', i, 'review by')),
    ...of(pack.softens?.['review by'], 'softens', 'review by'),
    ...of(pack['year end']?.['looked at by'], 'year end', 'looked at by'),
    ...of(pack['unexplained absences']?.contact?.by, 'unexplained absences', 'contact', 'by'),
  ];
}

/** The roles whose people find what they are asked for in an inbox of the school. */
const atSchool: ReadonlySet<Role> = new Set(['class-teacher', 'attendance-officer', 'sal', 'headteacher', 'dsl', 'senco']);

const noticeRequests = (pack: AsWritten): PlacedStep[] =>
  stepsIn(pack).filter(({ step }) => 'task' in step && step.task.what === 'penalty notice request');
