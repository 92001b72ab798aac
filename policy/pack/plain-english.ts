import { type Duration, durationSaid } from '../calendar/count-on.ts';
import { longDay, plainDay } from '../calendar/day.ts';
import type { SchoolCalendar } from '../calendar/school-calendar.ts';
import { capital } from '../capital.ts';
import { letterCalled } from '../case/action-words.ts';
import { waitedTime } from '../case/monitoring.ts';
import type { TemplateId } from '../letters/templates.ts';
import type { PassingFlag, PupilFlag } from '../people/flags.ts';
import { overSaid } from '../register/measures/over.ts';
import type { Due } from './amount.ts';
import { citing } from './citing.ts';
import type { Band } from './clauses.ts';
import type { Condition } from './condition.ts';
import { figureSaid } from './figure-in-words.ts';
import type { Pack } from './pack.ts';
import type { Rule, Stage } from './stage.ts';
import type { Step } from './step.ts';
import { type Reader, staffIn, told } from './to-families.ts';

/** The day on which a stage is taken to begin, so that its times are dates. */
export type Beginning = { on: string; calendar: SchoolCalendar };
type Say = { reader: Reader; pack: Pack; beginning?: Beginning | undefined };

/** A stage as it is read: `stands` says what its steps rest on, `again` how often somebody looks at it. */
export type PlainStage = {
  name: string;
  says: string;
  source: string;
  stands: string | null;
  does: string[];
  waits: string | null;
  again: string | null;
  next: string[];
};

/** A policy's ladder in numbered plain English. */
export const stagesInWords = (pack: Pack, reader: Reader, beginning?: Beginning): PlainStage[] =>
  Object.entries(pack.stages).map(([name, stage]) => {
    const say = { reader, pack, beginning };
    return {
      ...{ name: stageNamed(name, say), says: told(stage.says, say), source: stage.source },
      stands: stage['only while'] ? `Its steps stand as long as ${conditionSaid(stage['only while'], say)}` : null,
      does: [...stage.do.map((step) => stepSaid(step, say)), ...stage.alongside.map((rule) => ruleSaid(rule, say))],
      waits: stage.wait ? waitSaid(stage.wait, say) : null,
      again: stage['review every']
        ? `Looked at again every ${everySaid({ n: stage['review every'], unit: 'school day' })}`
        : null,
      next: stage.next.map(({ when, go, source }) =>
        citing(`When ${conditionSaid(when, say)}: ${stageNamed(go, say)}`, source, reader),
      ),
    };
  });

const stageNamed = (name: string, say: Say): string => capital(told(name, say));

export type PlainRule = { when: string; does: string[] };

/** What stands beside the ladder. */
export const rulesSaid = (pack: Pack, reader: Reader): PlainRule[] =>
  pack.alongside.map((rule) => ruleInParts(rule, { reader, pack }));

/** The same, a sentence each. */
export const rulesInWords = (pack: Pack, reader: Reader): string[] => rulesSaid(pack, reader).map(inOneSentence);

/** The same; for staff each with where the document says so. */
export const rulesCited = (pack: Pack, reader: Reader): string[] =>
  rulesInWords(pack, reader).map((says, i) => citing(says, pack.alongside[i]?.source, reader));

/** What makes a case, and what ends it. */
export const beginningInWords = (pack: Pack): string[] => [
  ...pack.opens.map(({ when, stage, source }) =>
    citing(`When ${conditionSaid(when, { reader: 'staff', pack })}: ${capital(stage)}`, source, 'staff'),
  ),
  ...(pack['concern opens'] === undefined ? [] : [`${onConcern}: ${capital(pack['concern opens'])}`]),
];

/** What begins a case that no figure calls for. */
export const onConcern = 'When somebody at the school is concerned, whatever the figures say';

export function endInWords(pack: Pack, reader: Reader): string {
  const { when, 'held for': days, 'not in': but, says } = pack.closes;
  const say = { reader, pack };
  const except = but.length === 0 ? '' : ` No case closes by itself in: ${but.map((name) => stageNamed(name, say)).join(', ')}.`;
  return `When ${conditionSaid(when, say)}, and has been so for ${days} school days. ${told(says, say)}.${except}`;
}

/** What a new school year does to open cases, where the policy says so. */
export function yearEndInWords(pack: Pack, reader: Reader): string | null {
  const { 'open cases': open, 'looked at by': by } = pack['year end'] ?? {};
  if (open === undefined) return null;
  const does = typeof open === 'string' ? open : `go to: ${stageNamed(open['go to'], { reader, pack })}`;
  return `On the first day of school in September, open cases ${does}${by && reader === 'staff' ? ` by the ${by}` : ''}.`;
}

/** What ends a case and what a new school year does to one; for staff each with where the document says so. */
export function endsInWords(pack: Pack, reader: Reader): string[] {
  const year = yearEndInWords(pack, reader);
  return [
    citing(endInWords(pack, reader), pack.closes.source, reader),
    ...(year === null ? [] : [citing(year, pack['year end']?.source, reader)]),
  ];
}

export const bandSaid = ({ 'at least': least, above, 'at most': most, below }: Band): string =>
  [
    ...(above === undefined ? [] : [`above ${percent(above)}`]),
    ...(least === undefined ? [] : [`${percent(least)} or more`]),
    ...(most === undefined ? [] : [`${percent(most)} or less`]),
    ...(below === undefined ? [] : [`below ${percent(below)}`]),
  ].join(' and ');

const percent = (hundredths: number): string => `${hundredths / 100}%`;

/** What attendance moves by is no percentage of it: from 92% down to 91% is one percentage point. */
const points = (hundredths: number): string => `${hundredths / 100} percentage ${hundredths === 100 ? 'point' : 'points'}`;

function stepSaid(step: Step, say: Say): string {
  const only = step['only if'] ? `, only if ${conditionSaid(step['only if'], say)}` : '';
  return `${doneIn(step, say)}${only}`;
}

function doneIn(step: Step, say: Say): string {
  const { reader } = say;
  const by = (name: string) => (reader === 'staff' ? ` by the ${name}` : '');
  if ('call' in step) return `A call${by(step.call.by)}, ${dueSaid(step.call.due)}`;
  if ('letter' in step) {
    const { template, 'approved by': approver } = step.letter;
    const called = calledIn(template, say);
    return reader === 'staff' ? `${called}, to each parent, once the ${approver} has approved it` : `${called}, to each parent`;
  }
  if ('meeting' in step) return meetingSaid(step.meeting, say);
  if ('task' in step) return taskSaid(step.task, say);
  const { 'asked by': asker, 'approved by': approver } = step.referral;
  if (reader === 'parents') return 'The local authority is asked to help';
  return `A referral to the local authority${asker ? `, asked for by the ${asker}` : ''}, approved by the ${approver}`;
}

type Meeting = Extract<Step, { meeting: unknown }>['meeting'];

/** The family is always there; whom the policy names besides is said to families too, unless it is one of the staff. */
function meetingSaid({ by, with: others = [], due }: Meeting, say: Say): string {
  const more = toldOf(others, say).filter((name) => name !== 'parents' && name !== 'family' && name !== by);
  const held = say.reader === 'staff' ? `, held by the ${by}` : '';
  return `A meeting with ${['the family', ...more.map((name) => `the ${name}`)].join(more.length > 1 ? ', ' : ' and ')}${held}, ${dueSaid(due)}`;
}

function together(whom: readonly string[] = [], say: Say): string {
  const names = toldOf(whom, say);
  return names.length === 0 ? '' : `, together with ${names.map((name) => `the ${name}`).join(' and ')}`;
}

/** Of several people those of whom this reader is told. */
const toldOf = (names: readonly string[], { reader, pack }: Say): readonly string[] =>
  reader === 'staff' ? names : names.filter((name) => !staffIn(pack.people).includes(name));

function taskSaid(
  {
    says,
    by,
    'approved by': approver,
    'asks first': first,
    whom,
    needs = [],
    due,
    may,
  }: Extract<Step, { task: unknown }>['task'],
  say: Say,
): string {
  if (say.reader === 'parents')
    return `${told(says, say)}${together(whom, say)}${first ? `, if ${told(first.whether, say)}` : ''}`;
  const agreed = approver
    ? `, once the ${approver} has agreed`
    : first
      ? `, once the ${first.of} has said that ${first.whether}`
      : '';
  const needed = needs.length === 0 ? '' : `; done only with: ${needs.join(', ')}`;
  return `${says}: the ${by}${together(whom, say)}${agreed}, ${dueSaid(due)}${may ? ', if they judge it right' : ''}${needed}`;
}

const ruleSaid = (rule: Rule, say: Say): string => inOneSentence(ruleInParts(rule, say));

const inOneSentence = ({ when, does }: PlainRule): string => `${when}: ${does.join('; ')}`;

function ruleInParts(rule: Rule, say: Say): PlainRule {
  const again = rule.again ? `, again every ${everySaid(rule.again)}` : '';
  const last = rule.do.length - 1;
  return {
    when: `When ${conditionSaid(rule.when, say)}`,
    does: rule.do.map((step, i) => `${stepSaid(step, say)}${i === last ? again : ''}`),
  };
}

/** "school day", "5 school days" */
const everySaid = (time: Duration): string => (time.n === 1 ? time.unit : durationSaid(time));

/** "by 09:30", "within 2 school days" */
export function dueSaid(due: Due): string {
  if ('by' in due) return `by ${due.by}`;
  return due.n === 0 ? 'on the same day' : `within ${durationSaid(due)}`;
}

function waitSaid(wait: NonNullable<Stage['wait']>, { pack, beginning }: Say): string {
  const target = wait.target === undefined ? '' : `, with attendance of ${percent(wait.target)} as the target`;
  const dates = beginning ? datesSaid(waitedTime({ calendar: beginning.calendar, pack }, wait, beginning.on)) : '';
  const [after, thatDay] = countedFrom[wait.from];
  const from = wait['first day'] === 'that day' ? `the day ${thatDay}` : `the day after ${after}`;
  return `${capital(durationSaid(wait.for))} from ${from}${target}${dates}`;
}

/** What a time is counted from: after "the day after", and after "the day". */
const countedFrom: Record<NonNullable<Stage['wait']>['from'], readonly [string, string]> = {
  'letter sent': ['the letter went', 'on which the letter went'],
  'letter received': ['the letter was received', 'on which the letter was received'],
  meeting: ['the meeting', 'of the meeting'],
  call: ['the call', 'of the call'],
  'stage begun': ['this began', 'on which this began'],
};

const datesSaid = ({ from, until }: { from: string; until: string }): string => ` (${longDay(from)} to ${longDay(until)})`;

/** What the policy calls this letter. */
export const calledIn = (template: TemplateId, say: Say): string => told(letterCalled(say.pack, template), say);

/** A condition as it is read aloud. */
export function conditionSaid(when: Condition, say: Say): string {
  const { any, all, not } = when;
  return [
    ...(when.attendance ? [attendanceSaid(when.attendance, say.pack)] : []),
    ...(when.figure ? [figureSaid(when.figure)] : []),
    ...(when['letter sent']
      ? [`“${calledIn(when['letter sent'].template, say)}” went ${durationSaid(when['letter sent']['at least'])} ago or more`]
      : []),
    ...(when['in stage'] ? [`this has lasted ${durationSaid(when['in stage'])}`] : []),
    ...(when.waited ? ['that time is over'] : []),
    ...(when.target ? [`the target was ${when.target}`] : []),
    ...(when.meeting ? [`the meeting was ${when.meeting}`] : []),
    ...(when.call ? [`the family was ${when.call}`] : []),
    ...(when.referral ? [referralSaid[when.referral]] : []),
    ...(when['support offered'] ? [supportSaid(when['support offered'])] : []),
    ...(when.marks ? [`the register is ${when.marks === 'complete' ? 'complete' : 'not complete'}`] : []),
    ...(when.pupil ? [pupilSaid(when.pupil)] : []),
    ...(when.today ? [todaySaid(when.today)] : []),
    ...(all ?? []).map((one) => conditionSaid(one, say)),
    ...(any ? [any.map((one) => conditionSaid(one, say)).join(' or ')] : []),
    ...(not ? [`not (${conditionSaid(not, say)})`] : []),
  ].join(', and ');
}

const referralSaid: Record<NonNullable<Condition['referral']>, string> = {
  accepted: 'the authority has accepted the referral',
  returned: 'the authority has returned the referral',
  ended: 'the authority has ended its work',
};

function attendanceSaid(asked: NonNullable<Condition['attendance']>, pack: Pack): string {
  const band = asked['in band'] === undefined ? undefined : pack.bands?.[asked['in band']];
  const parts = [
    bandSaid(asked),
    ...(band ? [bandSaid(band)] : []),
    ...(asked['risen by'] === undefined ? [] : [`at least ${points(asked['risen by'])} higher than when this began`]),
    ...(asked['fallen by'] === undefined ? [] : [`at least ${points(asked['fallen by'])} lower than when this began`]),
    ...(asked['risen in'] === undefined
      ? []
      : [`higher than it was ${durationSaid({ n: asked['risen in'], unit: 'school day' })} before`]),
  ];
  const held = asked['held for'];
  const is = `${held ? 'has been' : 'is'} ${parts.filter((one) => one !== '').join(', and ')}${held ? ` for ${durationSaid(held)}` : ''}`;
  return `attendance ${asked.over ? `of ${overSaid(asked.over)} ` : ''}${is}`;
}

function supportSaid({ 'at least': least, accepted }: NonNullable<Condition['support offered']>): string {
  const became = accepted === undefined ? 'offered' : accepted ? 'accepted' : 'declined';
  return least === 1 ? `support was ${became}` : `support of ${least} kinds was ${became}`;
}

function pupilSaid({
  'is any of': any,
  'is none of': none,
  'compulsory school age': ofAge,
  'year groups': years,
}: NonNullable<Condition['pupil']>): string {
  return [
    ...(any ? [`the pupil ${flagsInWords(any)}`] : []),
    ...(none ? [`the pupil ${none.map((flag) => flagSaid[flag].not).join(' and ')}`] : []),
    ...(ofAge === undefined ? [] : [`the pupil is ${ofAge ? '' : 'not '}of compulsory school age`]),
    ...(years ? [`the pupil is in year ${years.join(' or ')}`] : []),
  ].join(', and ');
}

/** "is a looked-after child or has a social worker" */
export const flagsInWords = (flags: readonly (PupilFlag | PassingFlag)[]): string =>
  flags.map((flag) => flagSaid[flag].is).join(' or ');

/** What is so of a pupil with a flag, and of one without it. */
const flagSaid: Record<PupilFlag | PassingFlag, { is: string; not: string }> = {
  'looked-after': { is: 'is a looked-after child', not: 'is not a looked-after child' },
  'social-worker': { is: 'has a social worker', not: 'has no social worker' },
  'youth-justice': { is: 'works with youth justice', not: 'does not work with youth justice' },
  ehcp: { is: 'has an education, health and care plan', not: 'has no education, health and care plan' },
  'sen-support': { is: 'has SEN support', not: 'has no SEN support' },
  'free-school-meals': { is: 'has free school meals', not: 'has no free school meals' },
  'young-carer': { is: 'is a young carer', not: 'is not a young carer' },
  medical: { is: 'has a medical plan or a long illness', not: 'has no medical plan or long illness' },
  bereaved: { is: 'was recently bereaved', not: 'was not recently bereaved' },
  traveller: { is: 'has a family that travels for work', not: 'has no family that travels for work' },
  'part-time': { is: 'is on a part-time timetable', not: 'is on no part-time timetable' },
  integration: { is: 'is in an agreed time of settling in', not: 'is in no agreed time of settling in' },
  'not of school age': { is: 'is not of compulsory school age', not: 'is of compulsory school age' },
  suspended: {
    is: 'was suspended or excluded in the last ten school days',
    not: 'was not suspended or excluded in the last ten school days',
  },
  'in detention': { is: 'was in detention in the last ten school days', not: 'was not in detention in the last ten school days' },
  'long illness': {
    is: 'has been ill for five school days or more in a row',
    not: 'has not been ill for five school days in a row',
  },
};

/** "09-01" as "1 September". */
const dayOfYear = (monthAndDay: string): string => plainDay(`2000-${monthAndDay}`).replace(/ \d+$/, '');

const todaySaid = ({ is, from, to }: NonNullable<Condition['today']>): string =>
  [
    ...(is ? [`it is the ${is.replace('first of', 'first day of').replace('last of', 'last day of')}`] : []),
    ...(from && to ? [`it is between ${dayOfYear(from)} and ${dayOfYear(to)}`] : []),
  ].join(', and ');
