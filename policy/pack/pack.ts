import { z } from 'zod';
import { enclosureIds } from '../letters/enclosures.ts';
import { templateIds } from '../letters/templates.ts';
import { roles } from '../people/roles.ts';
import { minutes, percentage, schoolDays, sessions } from './amount.ts';
import { Condition } from './condition.ts';

const Call = z.strictObject({ by: z.string(), script: z.string(), due: schoolDays });
const Letter = z.strictObject({
  template: z.enum(templateIds),
  enclose: z.array(z.enum(enclosureIds)).default([]),
  'approved by': z.string(),
});
const Meeting = z.strictObject({ by: z.string(), due: schoolDays });
const Referral = z.strictObject({ 'approved by': z.string(), tells: z.array(z.string()).default([]) });

/** One step of a stage: exactly one thing that a person decides or does. */
const Step = z.union([
  z.strictObject({ call: Call }),
  z.strictObject({ letter: Letter }),
  z.strictObject({ meeting: Meeting }),
  z.strictObject({ referral: Referral }),
]);

const Stage = z.strictObject({
  says: z.string(),
  source: z.string(),
  'only while': Condition.optional(),
  do: z.array(Step).default([]),
  wait: z.strictObject({ for: schoolDays, from: z.enum(['letter sent', 'meeting']), target: percentage }).optional(),
  alongside: z.array(z.strictObject({ when: Condition, source: z.string(), do: z.strictObject({ call: Call }) })).default([]),
  'review every': schoolDays.optional(),
  next: z.array(z.strictObject({ when: Condition, go: z.string() })).default([]),
});

/** A school's escalation policy as data. The keys are the words that a senior attendance lead reads aloud. */
const PackShape = z.strictObject({
  pack: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string(),
  'in force': z.strictObject({ from: z.iso.date() }),
  source: z.string(),
  people: z.record(z.string(), z.strictObject({ role: z.enum(roles), 'stands in': z.string() })),
  figures: z.strictObject({ 'at least': sessions }),
  letters: z.strictObject({ 'recall window': minutes, 'no two within': schoolDays }),
  waiting: z.strictObject({
    'remind after': schoolDays,
    'escalate after': schoolDays,
    'ask again after': schoolDays,
    /** When no letter of a step reached anybody. Where a policy is silent, as after a step that was declined. */
    'ask again after a failed letter': schoolDays.optional(),
  }),
  /** An N whose reason nobody found in time has to be an O (SI 2024/208 reg 10): who makes it one is the school's to say. */
  'unexplained absences': z.strictObject({ 'become O': z.enum(['by a person', 'by itself']) }).optional(),
  opens: z.array(z.strictObject({ when: Condition, stage: z.string() })).min(1),
  stages: z.record(z.string(), Stage),
  closes: z.strictObject({
    when: Condition,
    'held for': schoolDays,
    'not in': z.array(z.string()).default([]),
    says: z.string(),
  }),
  softens: z.strictObject({ for: z.array(z.string()), 'review by': z.string() }).optional(),
});

export const Pack = PackShape.superRefine(namesThatExist);

export type Pack = z.infer<typeof Pack>;
export type Stage = z.infer<typeof Stage>;
export type Step = z.infer<typeof Step>;

/** Every stage and person a clause names is there: a pack with a dead end is refused at its door. */
function namesThatExist({ stages, people, opens }: z.infer<typeof PackShape>, ctx: z.RefinementCtx): void {
  const stage = (name: string, path: PropertyKey[]) =>
    name in stages ||
    ctx.addIssue({ code: 'custom', path, message: `There is no stage "${name}". Stages: ${Object.keys(stages).join(', ')}` });
  const person = (name: string, path: PropertyKey[]) =>
    name in people || ctx.addIssue({ code: 'custom', path, message: `"people" does not name "${name}"` });
  for (const [i, opening] of opens.entries()) stage(opening.stage, ['opens', i, 'stage']);
  for (const [name, someone] of Object.entries(people)) person(someone['stands in'], ['people', name, 'stands in']);
  for (const [name, { do: steps, next, alongside }] of Object.entries(stages)) {
    for (const [i, rule] of next.entries()) stage(rule.go, ['stages', name, 'next', i, 'go']);
    for (const [i, step] of steps.entries()) person(decider(step), ['stages', name, 'do', i]);
    for (const [i, rule] of alongside.entries()) person(decider(rule.do), ['stages', name, 'alongside', i]);
  }
}

/** The person, by the pack's own name, who decides or does this step. */
export function decider(step: Step): string {
  if ('call' in step) return step.call.by;
  if ('letter' in step) return step.letter['approved by'];
  if ('meeting' in step) return step.meeting.by;
  return step.referral['approved by'];
}
