import { comesWithFirstbell, schoolsBringing, schoolsFollowing, schoolsKnowing } from '../../prisma/policy-owners.ts';
import type { Ctx } from '../web/route.ts';

type Acting = Pick<Ctx, 'deps' | 'user'>;

/**
 * Why the user's school can neither follow a policy nor write its own within it; null if it can. A school follows what comes with
 * Firstbell, its own, or its trust's. Its own is what it brought in, or no other school has; its trust's is what it or its own policy
 * stood on before. What other schools have changed is theirs, wherever it came from.
 */
export async function whyNotToFollow({ deps: { db }, user }: Acting, id: string): Promise<string | null> {
  const theirs = await schoolsKnowing(db, id);
  const taken = comesWithFirstbell(id) ? await schoolsBringing(db, [id]) : theirs;
  if (taken.length === 0 || theirs.some((schoolId) => schoolId === user.schoolId)) return null;
  return `“${id}” is a policy of other schools. A school follows what comes with Firstbell, its own, or its trust’s. If it is your trust’s, whoever runs Firstbell names it in your school’s file first`;
}

/**
 * Why the user does not say what a policy says from now on; null if they do. It is for the schools that follow it or brought it in:
 * for one alone where it is that school's alone, and else for the trust lead of one of them, unless it comes with Firstbell: then
 * schools follow it that have nothing to do with each other (decision 19).
 */
export async function whyNotToChange({ deps: { db }, user }: Acting, id: string): Promise<string | null> {
  const whose = new Set([...(await schoolsFollowing(db, id)), ...(await schoolsBringing(db, [id]))]);
  const one = user.schoolId !== null && whose.has(user.schoolId);
  if (whose.size === (one ? 1 : 0)) return null;
  if (comesWithFirstbell(id))
    return `The policy “${id}” comes with Firstbell, and other schools follow it: nobody at one school changes it. Give yours another id in its line "pack:"`;
  if (one && user.role === 'trust-lead') return null;
  const who = one ? 'Other schools have it too: its trust lead' : 'Other schools have it: one of them';
  return `The policy “${id}” is not your school’s alone to change. ${who} brings it in; or give yours another id in its line "pack:"`;
}
