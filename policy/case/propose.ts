import type { Due } from '../pack/amount.ts';
import type { Role } from '../people/roles.ts';
import { attendedSaid } from './attendance-said.ts';
import type { Circumstances } from './circumstances.ts';
import { delicateFlags, onRecord } from './delicate.ts';
import { timesAgreed, timesOf } from './due.ts';
import type { Action, Evidence, Proposal, RestsOn } from './proposal.ts';
import type { Telling } from './telling.ts';

export type Wish = {
  action: Action;
  person: string;
  /** Where the pack does not name the person. */
  role?: Role;
  clause: string;
  /** The figures that made it so. */
  figures?: RestsOn[] | undefined;
  why: string;
  due: Due;
  step: number | null;
  /** True if what it says has its own figures, and today's are not to be added. */
  inFull?: boolean;
  rule?: string | undefined;
  notBy?: string | undefined;
  notFor?: string | undefined;
};

/** Where a policy names no time: two school days. */
export const soon: Due = { n: 2, unit: 'school day' };

/** Puts something before the person who decides it, with what it rests on and when they are reminded. */
export function propose(
  t: Telling,
  {
    action,
    person,
    role = personOf(t, person).role,
    clause,
    figures = [],
    why,
    due,
    step,
    inFull = false,
    rule,
    notBy,
    notFor,
  }: Wish,
): void {
  const { on } = t.c;
  const { meeting } = t.state;
  const agreed = action.what === 'meeting' && step !== null && meeting !== null && meeting.on > on ? meeting.on : null;
  const proposal: Proposal = {
    key: `${t.state.proposed + 1}-${action.what.replaceAll(' ', '-')}`,
    version: 1,
    action,
    stage: t.state.stage,
    step,
    person,
    role,
    alsoRole: null,
    sentence: inFull ? why : sentence(t, why),
    ...(!inFull && { why }),
    evidence: {
      attendance: t.state.attendance,
      ...howOf(t.state),
      upTo: t.state.upTo,
      clause,
      ...(figures.length > 0 && { figures }),
    },
    changed: null,
    madeOn: on,
    dueIn: due,
    ...(agreed === null ? timesOf(t.c, due) : timesAgreed(t.c, agreed)),
    status: 'open',
    heldUntil: null,
    reminded: false,
    known: delicateFlags(t.c.pack, t.c.flags),
    mayWrite: writable(t.c),
    ...(rule !== undefined && { rule }),
    ...(notBy !== undefined && { notBy }),
    ...(notFor !== undefined && { notFor }),
  };
  t.add({ type: 'proposed', proposal });
}

/** What one proposal hands on to the one that comes of it. */
export const groundsOf = ({ clause, figures }: Evidence) => ({ clause, figures });

/** What the policy left out of the attendance that is noted, where it adjusts it. */
export const howOf = ({ how }: { how?: string | undefined }) => (how === undefined ? {} : { how });

/** Who may be written to about the pupil, and can be. */
export const writable = ({ recipients }: Pick<Circumstances, 'recipients'>): string[] =>
  recipients.flatMap(({ contactId, may }) => (may ? [contactId] : []));

/** Why this is proposed, as a person reads it: what the policy says, the sessions it rests on, and what came on record since. */
export function sentence({ state }: Telling, why: string, since: readonly string[] = []): string {
  const says = `${why}. ${attendedSaid(state.attendance, state.how)}`;
  return since.length === 0 ? says : `${says}. ${onRecord(since)}`;
}

/** The person of this name in the pack; the pack's schema made sure that there is one. */
function personOf({ c }: Telling, name: string) {
  const person = c.pack.people[name];
  if (!person) throw new Error(`The pack ${c.pack.pack} does not name "${name}"`);
  return person;
}

/** The role that decides as well: as the pack says or, for a colleague whom it does not name, whoever asked them. Null for nobody. */
export function standInOf(t: Telling, { person, role, action }: Proposal): Role | null {
  const named = t.c.pack.people[person];
  if (named?.role === role) return personOf(t, named['stands in']).role;
  return action.what === 'answer' ? (t.state.proposals[action.about]?.role ?? null) : null;
}
