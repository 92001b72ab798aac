import type { Fraction } from '../register/fraction.ts';

/** What every letter prints of attendance: of all marks, whatever the policy leaves out of what it acts on. */
export type PrintedFigures = Fraction & { authorised: number; unauthorised: number };
