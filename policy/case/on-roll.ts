import { longDay } from '../calendar/day.ts';
import type { Circumstances } from './circumstances.ts';

type OnRoll = Pick<Circumstances, 'on' | 'onRollTo'>;

/** True from the day after the pupil's last one on the roll. */
export const hasLeft = ({ on, onRollTo }: OnRoll): boolean => onRollTo !== null && onRollTo < on;

/** "The pupil left the school on Friday 9 October 2026"; null while they are on the roll. */
export const leftSaid = (c: OnRoll): string | null => (c.onRollTo !== null && hasLeft(c) ? saidOf(c.onRollTo) : null);

/** The same of a last day that is past. */
export const saidOf = (last: string): string => `The pupil left the school on ${longDay(last)}`;
