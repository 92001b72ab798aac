import type { By } from './input.ts';
import type { Proposal } from './proposal.ts';

/** True of who asked for what is proposed, and of who decides for them: somebody else has to decide it. */
export const askedForBy = ({ notBy, notFor }: Pick<Proposal, 'notBy' | 'notFor'>, by: Pick<By, 'id' | 'for'>): boolean =>
  [by.id, by.for].some((one) => one !== undefined && (one === notBy || one === notFor));
