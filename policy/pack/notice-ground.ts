import { england2024 } from '../law/england-2024.ts';
import type { Condition } from './condition.ts';

const { sessions } = england2024.rules.threshold.value;

/** True of a figure that is so only where the national threshold for a penalty notice is met. */
export const asksForThreshold = ({
  of,
  'at least': least = 0,
  'more than': more = -1,
}: NonNullable<Condition['figure']>): boolean =>
  of.measure === 'penalty-notice-sessions' && Math.max(least, Math.floor(more) + 1) >= sessions;

/** True of a condition that can be so only where the national threshold is met: whatever else it leaves open, not that. */
export const impliesThreshold = ({ figure, all = [], any }: Condition): boolean =>
  (figure !== undefined && asksForThreshold(figure)) || all.some(impliesThreshold) || (any?.every(impliesThreshold) ?? false);
