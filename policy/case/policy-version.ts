import type { Pack } from '../pack/pack.ts';

/** A version of a policy, by the policy's id and the hash of its text. */
export type PolicyVersion = { id: string; version: string };

/** The version that a case leaves for the one of its circumstances, with what it says. */
export type Moving = { from: PolicyVersion; to: PolicyVersion; before: Pack };
