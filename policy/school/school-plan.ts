import type { Day } from '../calendar/day.ts';
import type { Period } from '../calendar/period.ts';
import type { Role } from '../people/roles.ts';

/** A school or an authority, as a letter prints it. */
export type Place = { id: string; name: string; address: readonly string[]; phone: string; email: string };

export type Member = {
  /** What the ledger calls the account. Made of the e-mail address where it is not given. */
  id?: string;
  name: string;
  /** In lower case. An account is known by it. */
  email: string;
  role: Role;
  className: string | null;
  at: 'school' | 'authority';
  active: boolean;
};

/** A practice school lives by a clock of its own. */
export type Practice = {
  /** Where its clock begins. */
  today: Day;
  /** Its accounts have the demo password, which the sign-in page shows. */
  demo: boolean;
  /** Where the generator of its register starts; null if the register comes by import. */
  seed: number | null;
};

/** A school as it is to be: what one file says, and what the training school is made from. */
export type SchoolPlan = Place & {
  authority: Place;
  /** The trust that runs it with other schools; null if there is none. */
  trust: { id: string; name: string } | null;
  packId: string;
  /** How long an approved letter waits before it goes; null: as the pack says. */
  recallMinutes: number | null;
  /** Null for a real school. */
  practice: Practice | null;
  periods: readonly Period[];
  staff: readonly Member[];
};
