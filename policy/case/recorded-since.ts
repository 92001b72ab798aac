import { delicateFlags, looksFirst, noSuchLetter, onRecord, wantsToLook } from './delicate.ts';
import { askToLook } from './look-first.ts';
import type { Action, Proposal } from './proposal.ts';
import { groundsOf, howOf, soon, writable } from './propose.ts';
import type { Telling } from './telling.ts';
import { withdraw } from './withdraw.ts';

/**
 * Lets nobody decide without knowing what the school has come to know of the child since they were asked. A letter that the policy
 * does not send for such a child is withdrawn, and so is one before which somebody is to look first: they are asked instead. All
 * else is asked anew, with what is on record by now.
 */
export function recordedSince(t: Telling): void {
  for (const proposal of Object.values(t.state.proposals)) {
    const bar = barred(t, proposal);
    const fresh = freshFlags(t, proposal);
    if (bar !== null) lookInstead(t, proposal, bar);
    else if (fresh.length > 0 || unreachable(t, proposal)) sayAnew(t, proposal, fresh);
  }
}

/** Why this cannot be approved as it was read, for what is on record by now; null if it can. A correction is owed in any case. */
export function unseen(t: Telling, proposal: Proposal): string | null {
  if (proposal.action.what === 'letter' && proposal.action.corrects) return null;
  const fresh = freshFlags(t, proposal);
  return barred(t, proposal) ?? (fresh.length > 0 ? onRecord(fresh) : null);
}

/** Why a letter, or a look at less than is known, is not asked for any more. */
function barred({ state, c: { pack, flags, ...c } }: Telling, { action }: Proposal): string | null {
  if (action.what === 'letter' && !action.corrects) {
    const none = noSuchLetter(pack, flags, action.template);
    if (none) return `${onRecord(flags, none)}, and the policy sends no such letter for this child`;
    const look = wantsToLook(state, { ...c, pack, flags });
    return look ? `${onRecord(flags, look)}, and the policy wants the ${look['review by']} to look first` : null;
  }
  const more = action.what === 'review' ? flags.filter((flag) => !action.flags.includes(flag)) : [];
  const look = looksFirst(pack, more);
  return look ? `${onRecord(more, look)}, to be looked at too` : null;
}

/** What is on record of the child by now, and was not when this was proposed or last said anew. Nothing is known of older ledgers. */
function freshFlags({ c: { pack, flags } }: Telling, { action, known, since = [] }: Proposal): string[] {
  if (!known || !asksAboutFamily(action)) return [];
  return delicateFlags(pack, flags).filter((flag) => !known.includes(flag) && !since.includes(flag));
}

/** A parent who could be written to cannot be any more, as by an order or a no-contact flag. Nothing is known of older ledgers. */
const unreachable = ({ c }: Telling, { action, mayWrite = [] }: Proposal): boolean =>
  asksAboutFamily(action) && mayWrite.some((id) => !writable(c).includes(id));

/** The rest is about the register, or about a letter that is held already. */
const asksAboutFamily = ({ what }: Action): boolean =>
  !['review', 'missing marks', 'answer', 'letter in question'].includes(what);

/** The ladder asks by itself for a look that it wants. What stands beside it was asked for once: there the letter waits for the look. */
function lookInstead(t: Telling, { key, action, step, rule, evidence, ...asked }: Proposal, bar: string): void {
  withdraw(t, key, bar);
  const waits = step === null ? letterAfter(action, asked) : null;
  const look = waits && !noSuchLetter(t.c.pack, t.c.flags, waits.letter.template) ? looksFirst(t.c.pack, t.c.flags) : undefined;
  if (waits && look) askToLook(t, look, { ...groundsOf(evidence), why: waits.says, step, rule }, waits);
}

function letterAfter(action: Action, { person, why, sentence, dueIn }: Pick<Proposal, 'person' | 'why' | 'sentence' | 'dueIn'>) {
  if (action.what === 'review') return action.waits ?? null;
  if (action.what !== 'letter') return null;
  return { letter: action, by: person, due: typeof dueIn === 'object' ? dueIn : soon, says: why ?? sentence };
}

/** What an order says is for few to read: that there is one shows in who is written to. */
const notWritten = 'A parent cannot be written to any more: look at the contacts';

function sayAnew(t: Telling, proposal: Proposal, fresh: readonly string[]): void {
  const { key, version, sentence, evidence } = proposal;
  const { attendance, upTo } = evidence;
  const lost = unreachable(t, proposal);
  const changed = [...(fresh.length > 0 ? [onRecord(fresh)] : []), ...(lost ? [notWritten] : [])].join('. ');
  const says = { sentence: `${sentence}. ${changed}`, changed, ...(fresh.length > 0 && { since: fresh }) };
  const reached = lost ? { mayWrite: writable(t.c) } : {};
  t.add({ type: 'revised', key, version: version + 1, attendance, upTo, ...howOf(evidence), ...says, ...reached });
}
