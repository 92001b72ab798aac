import { z } from 'zod';
import { enclosureIds } from '../letters/enclosures.ts';
import { templateIds } from '../letters/templates.ts';
import { due } from './amount.ts';
import { scriptIds } from './call-scripts.ts';
import { Condition } from './condition.ts';
import { evidenceNames } from './evidence-needed.ts';

const person = z.string().describe('A name that "people" gives.');
const onlyIf = { 'only if': Condition.optional().describe('Where this is not so, the step is passed over.') };

/** What a school does beside calling, writing, meeting and referring. Named, so that a history holds no free text. */
export const taskKinds = [
  'contact',
  'home visit',
  'welfare check',
  'check-in',
  'support plan',
  'attendance plan',
  'attendance contract',
  'early help',
  'adjustments',
  'part-time timetable',
  'catch-up work',
  'evidence request',
  'panel',
  'tell',
  'notify authority',
  'missing education referral',
  'social care referral',
  'penalty notice request',
  'enquiry',
  'praise',
  'review',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Tasks that bear on a family's rights: somebody approves them before anybody does them, whatever a policy would rather. */
export const gatedTasks: ReadonlySet<TaskKind> = new Set([
  'home visit',
  'attendance contract',
  'part-time timetable',
  'missing education referral',
  'penalty notice request',
]);

const Call = z
  .strictObject({ by: person, script: z.enum(scriptIds).describe('What is said on it, which whoever calls finds with it.'), due })
  .describe('A person speaks to the family, and notes what was said.');
const Letter = z
  .strictObject({
    template: z.enum(templateIds),
    enclose: z.array(z.enum(enclosureIds)).default([]),
    'approved by': person,
    due: due.optional(),
  })
  .describe('A letter to each parent who may be written to. It leaves only when a person approved it.');
const Meeting = z
  .strictObject({ by: person, with: z.array(z.string()).optional().describe('Who is there besides the family.'), due })
  .describe('A meeting with the family, and what it agreed.');
const Task = z
  .strictObject({
    what: z.enum(taskKinds),
    says: z.string().describe('What is to be done, as its doer reads it.'),
    by: person,
    'approved by': person.optional().describe('Who has to agree before it is done.'),
    'asks first': z
      .strictObject({ whether: z.string(), of: person })
      .optional()
      .describe('Somebody says first whether it is so, and the task is asked for only if it is: for what no register can tell.'),
    whom: z.array(z.string()).optional().describe('With whom it is done, besides who does it.'),
    needs: z
      .array(z.enum(evidenceNames))
      .min(1)
      .optional()
      .describe('What has to be there when it is done: whoever says that it is states each, or declines with a reason.'),
    due,
    may: z.literal(true).optional().describe('The policy says "may": leaving it needs no reason.'),
  })
  .refine(
    (task) => !(task['approved by'] && task['asks first']),
    'Either somebody agrees to it, or somebody says whether it is so',
  )
  .describe('Something else that a person does and then says was done.');
const Referral = z
  .strictObject({
    'asked by': person.optional().describe('Who asks for it. That person cannot be the one who approves it.'),
    'approved by': person,
    tells: z.array(z.string()).default([]),
    due: due.optional(),
  })
  .describe('The case goes to the local authority, with its evidence.');

/** One step: exactly one thing that a person decides or does. */
export const Step = z
  .union([
    z.strictObject({ call: Call, ...onlyIf }),
    z.strictObject({ letter: Letter, ...onlyIf }),
    z.strictObject({ meeting: Meeting, ...onlyIf }),
    z.strictObject({ task: Task, ...onlyIf }),
    z.strictObject({ referral: Referral, ...onlyIf }),
  ])
  .meta({ id: 'step', description: 'Exactly one thing that a person decides or does.' });
export type Step = z.infer<typeof Step>;

/** The person, by the pack's own name, who decides or does this step. */
export function decider(step: Step): string {
  if ('call' in step) return step.call.by;
  if ('letter' in step) return step.letter['approved by'];
  if ('meeting' in step) return step.meeting.by;
  if ('task' in step) return step.task.by;
  return step.referral['approved by'];
}

/** Everybody whom a step names, by the pack's own names. */
export function peopleOf(step: Step): string[] {
  if ('task' in step) {
    const { by, 'approved by': approver, 'asks first': first } = step.task;
    return [by, ...(approver ? [approver] : []), ...(first ? [first.of] : [])];
  }
  if ('referral' in step)
    return [step.referral['approved by'], ...(step.referral['asked by'] ? [step.referral['asked by']] : [])];
  return [decider(step)];
}
