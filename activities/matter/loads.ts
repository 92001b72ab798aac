import { loadCase } from './attendance-case.ts';
import { loadReferral } from './la-referral.ts';
import type { Load, Loads } from './matter.ts';

/** How each kind of matter is loaded. The state's type stays inside its kind. */
export const loads: Loads = { case: loadCase as unknown as Load, referral: loadReferral as unknown as Load };
