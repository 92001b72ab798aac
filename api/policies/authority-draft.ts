import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Day, longDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { sourceText } from '../../policy/pack/source-text.ts';
import type { Misread } from '../../policy/pack/understood-as.ts';
import type { Role } from '../../policy/people/roles.ts';
import { wrongInProfile } from '../../policy/referral/authority.ts';
import { type AuthorityChange, authorityChanges } from '../../policy/referral/authority-changes.ts';
import { Refusal } from '../../policy/refusal.ts';
import { keepProfile, type ProfileDraft, profileDraft } from '../../prisma/authority-profiles.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAtAuthority } from '../../prisma/school-clock.ts';
import { DetailedRefusal } from '../web/detailed-refusal.ts';
import type { Ctx, View } from '../web/route.ts';

type Acting = Pick<Ctx, 'deps' | 'user' | 'at'>;
type Text = { text: string; fileName: string };

/**
 * Who says what an authority decides for itself: the lead of its team; or, where nobody of the authority signs in here and it has one
 * school, that school's administrator.
 */
export const profileKeepers = ['ewo-lead', 'admin'] as const satisfies readonly Role[];

/** The authority of the user, or of their school. */
export const authorityIdOf = async ({ deps, user }: Pick<Acting, 'deps' | 'user'>): Promise<string> =>
  user.authorityId ?? (await schoolOf(deps.db, user)).authorityId;

/** The authority's own date: a profile that names no day holds from it on. */
export const todayThere = async (ctx: Acting): Promise<Day> => todayAtAuthority(ctx.deps.db, await authorityIdOf(ctx), ctx.at);

/** @throws Refusal('NotAllowed') for a profile of another authority, or one that other schools are served by */
async function mustBeTheirs(ctx: Acting, { text, fileName }: Text): Promise<void> {
  const own = await authorityIdOf(ctx);
  const { authority } = sourceText(text, fileName).value as { authority: string };
  if (authority !== own)
    throw new Refusal(
      'NotAllowed',
      `This is a profile of “${authority}”, and yours is “${own}”: write that in its line "authority:"`,
    );
  const not = await whyNotTheirs(ctx, own);
  if (not !== null) throw new Refusal('NotAllowed', not);
}

/** Why this person does not say what this authority decides; null if they do. */
export async function whyNotTheirs({ deps: { db }, user }: Acting, authorityId: string): Promise<string | null> {
  const lead = 'the lead of its education welfare team keeps its profile';
  if (!profileKeepers.some((role) => role === user.role)) return `Of your authority, ${lead}`;
  if (user.schoolId === null) return null;
  if ((await db.school.count({ where: { authorityId, id: { not: user.schoolId } } })) > 0)
    return `Other schools here have the same authority: ${lead}`;
  return (await db.user.count({ where: { authorityId, active: true } })) > 0
    ? `The authority has people of its own here: ${lead}`
    : null;
}

async function look(ctx: Acting, of: Text): Promise<ProfileDraft | { wrong: Misread[] }> {
  const wrong = wrongInProfile(of.text, of.fileName);
  if (wrong.length > 0) return { wrong };
  await mustBeTheirs(ctx, of);
  return profileDraft(ctx.deps.db, of, await todayThere(ctx));
}

/** What in a text is no profile that we can follow. */
export const WrongInProfile = z.object({ line: z.int(), column: z.int(), clause: z.string(), why: z.string(), cure: z.string() });

export const wrongFacts = ({ line, column, clause, why, cure }: Misread): z.infer<typeof WrongInProfile> => ({
  ...{ line, column, clause, why, cure },
});

/** @throws Refusal('BadInput') with each thing that is wrong, or as `look` does */
async function looked(ctx: Acting, of: Text): Promise<ProfileDraft> {
  const draft = await look(ctx, of);
  if (!('wrong' in draft)) return draft;
  const said = draft.wrong.map(({ line, column, why, cure }) => `Line ${line}, column ${column}: ${why}. ${cure}.`);
  throw new DetailedRefusal('BadInput', `It is no authority’s profile that we can follow. ${said.join(' ')}`, {
    problems: draft.wrong.map(wrongFacts),
  });
}

export const AuthorityDraft = z
  .object({
    ...{ authority: z.string(), title: z.string() },
    seen: z.string().describe('To be said when it is kept: if it would do something else by then, it is refused'),
    known: z.boolean().describe('Whether this very text is kept already'),
    changes: z.array(z.object({ about: z.string(), was: z.string().nullable(), now: z.string().nullable() })),
    schools: z.array(z.string()).describe('The schools whose referrals it is about'),
    from: z.iso.date().describe('The first day on which it would hold: the text’s own, or today'),
    until: z.iso.date().nullable().describe('The day on which another begins that is kept already'),
    running: z.int().describe('Open referrals'),
    following: z.int().describe('Those of them that were made on these days, and would follow it. The others stay as they are'),
  })
  .meta({ id: 'AuthorityDraft', description: 'What keeping an authority’s profile would do' });

/** What keeping a text would do, for machines. */
export async function authorityDraftFacts(ctx: Acting, of: Text): Promise<z.infer<typeof AuthorityDraft>> {
  const { was, now, dated: _, ...draft } = await looked(ctx, of);
  const { authority, title } = now;
  return { authority, title, changes: authorityChanges(was, now), ...draft };
}

/**
 * Keeps a profile, as "firstbell policy add" does.
 * @throws Refusal as `looked` does, and ('Stale') if it would do something else than what was seen
 */
export async function keepAuthority(ctx: Acting, of: Text, seen: string | undefined): ReturnType<typeof keepProfile> {
  const draft = await looked(ctx, of);
  if (seen !== undefined && seen !== draft.seen)
    throw new Refusal('Stale', 'The text, or what holds at the authority, is another by now: look again at what it would do');
  return keepProfile(ctx.deps.db, of, { today: await todayThere(ctx), byUser: ctx.user.id });
}

/** What a text would do, before anybody keeps it; or what is wrong with it, to be mended on the page. */
export async function authorityDraftView(ctx: Acting, of: Text): Promise<View> {
  const draft = await look(ctx, of);
  const shown = { template: 'policies/authority-draft.njk', model: { ...of, decisionKey: randomUUID() } };
  if ('wrong' in draft) return { ...shown, status: 422, model: { ...shown.model, wrong: draft.wrong.map(placed), draft: null } };
  return { ...shown, model: { ...shown.model, wrong: [], draft: draftShown(draft) } };
}

/** The same as the pages print it. */
export const placed = ({ line, column, clause, why, cure }: Misread) => ({
  ...{ tag: { text: 'Error', colour: 'red' }, at: `Line ${line}, column ${column}`, clause },
  ...{ says: `${why.replace(/\.$/, '')}.`, cure: `${cure}.` },
});

function draftShown({ was, now, seen, known, schools, ...draft }: ProfileDraft) {
  return {
    ...{ title: now.title, seen, known },
    facts: [
      ['Authority', `${now.title} (${now.authority})`],
      ['Holds', heldDays(draft)],
      ['Schools', schools.length === 0 ? 'None here' : schools.join('; ')],
      ['Open referrals', followed(draft)],
    ],
    changes: changesShown(authorityChanges(was, now)),
  };
}

/** Changes as the pages print them. */
export const changesShown = (changes: readonly AuthorityChange[]) =>
  changes.map(({ about, was, now }) => {
    const kind = was === null ? 'new' : now === null ? 'gone' : 'changed';
    return { title: about, kind, changes: [{ kind, was, now }] };
  });

function heldDays({ from, dated, until }: Pick<ProfileDraft, 'from' | 'dated' | 'until'>): string {
  const begins = dated ? `From ${longDay(from)} on` : `Now on, from ${longDay(from)}, as it names no day`;
  return until === null ? begins : `${begins}, until on ${longDay(until)} another begins that is kept already`;
}

/** Which of the open referrals are served by it: those made on its days. */
function followed({ running, following }: Pick<ProfileDraft, 'running' | 'following'>): string {
  if (running === 0) return 'None is open';
  const others = running - following;
  const stay = `${counted(others, 'referral')} made on other days ${others === 1 ? 'stays' : 'stay'} as ${others === 1 ? 'it is' : 'they are'}`;
  if (following === 0) return stay;
  const follow = `${counted(following, 'referral')} made on its days ${following === 1 ? 'follows' : 'follow'} it in what is asked next; what a notice or a contract has named to parents stays as it was`;
  return others === 0 ? follow : `${follow}. ${stay}`;
}
