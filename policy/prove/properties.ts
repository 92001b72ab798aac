import type { Node } from './explore.ts';

/** What is promised of every pack. */
export const properties = {
  approval: 'Nothing leaves the building unless the person whom the policy names approved it',
  order: 'No second letter goes before a first one',
  permission: 'A home visit, a contract, a referral or a request for a notice is agreed to before it is done',
  evidence: 'No task is done without what its clause says has to be there',
  'notice-ground': 'No penalty notice is asked for without the national threshold',
  'two-people': 'Who asks for a legal step does not authorise it',
  deadline: 'Every open case is looked at again by itself',
  unseen: 'Nothing is agreed to as it was read before something came on record of the child',
  'wait-ends': 'Every time of waiting ends',
  rest: 'No case goes from stage to stage and round again while nobody decides anything and attendance stays as it is',
  safeguarding: 'What stands beside the ladder is never blocked by it',
  'with-authority': 'No case closes while the authority works on it',
  'way-out': 'From everywhere, a family whose child attends again comes to the end of its case',
} as const;
export type PropertyId = keyof typeof properties;

/** Says where a promise is broken, and why; and what happened last, if that is no situation of its own. */
export type Refute = (id: PropertyId, node: Node, why: string, last?: string) => void;
