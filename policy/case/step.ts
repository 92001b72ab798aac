import type { Due } from '../pack/amount.ts';
import { decider, type Step } from '../pack/step.ts';
import type { Action } from './proposal.ts';
import { soon } from './propose.ts';

/** What a step puts before a person first: what it asks for, who decides it, and by when. */
export function askedFirst(step: Step): { action: Action; person: string; due: Due } {
  if ('call' in step) return { action: { what: 'call', script: step.call.script }, person: step.call.by, due: step.call.due };
  if ('letter' in step) {
    const { template, enclose, due = soon } = step.letter;
    return { action: { what: 'letter', template, enclose }, person: decider(step), due };
  }
  if ('meeting' in step) return { action: { what: 'meeting' }, person: step.meeting.by, due: step.meeting.due };
  return 'task' in step ? taskFirst(step.task) : referralFirst(step.referral);
}

type Task = Extract<Step, { task: unknown }>['task'];
type Referral = Extract<Step, { referral: unknown }>['referral'];

function taskFirst({ what, says, by, whom = [], may, needs, due, 'approved by': approver, 'asks first': first }: Task) {
  const task = { task: what, says, whom, may: may === true, ...(needs && { needs }) };
  if (first) return { action: { what: 'permission' as const, ...task, by, due, whether: first.whether }, person: first.of, due };
  if (approver === undefined) return { action: { what: 'task' as const, ...task }, person: by, due };
  return { action: { what: 'permission' as const, ...task, by, due }, person: approver, due };
}

function referralFirst({ tells, due = soon, 'asked by': asker, 'approved by': approver }: Referral) {
  if (asker === undefined) return { action: { what: 'referral' as const, tells }, person: approver, due };
  return { action: { what: 'referral request' as const, tells, by: approver, due }, person: asker, due };
}
