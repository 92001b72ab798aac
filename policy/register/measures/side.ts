import { z } from 'zod';
import { percentage } from '../../pack/amount.ts';
import type { Hundredths } from '../fraction.ts';

/** A side of a threshold: under it, or on it as well. Persistent absence is "at most 90%". Never 0%: nothing is below it. */
export type Side = { below: Hundredths } | { 'at most': Hundredths };

const threshold = percentage.refine((hundredths) => hundredths > 0, 'Write a percentage above 0%');

/** The same as a policy writes it: { below: "96%" }. */
export const Side = z.union([z.strictObject({ below: threshold }), z.strictObject({ 'at most': threshold })]);

/** "below 96%", "at 90% or less" */
export const sideSaid = (side: Side): string =>
  'below' in side ? `below ${side.below / 100}%` : `at ${side['at most'] / 100}% or less`;

/** The threshold, and whether being exactly on it is that side already (1) or not yet (0). For integer sums. */
export const edgeOf = (side: Side): { hundredths: Hundredths; onIt: 0 | 1 } =>
  'below' in side ? { hundredths: side.below, onIt: 0 } : { hundredths: side['at most'], onIt: 1 };
