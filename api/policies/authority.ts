import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Day, longDay } from '../../policy/calendar/day.ts';
import { sourceText } from '../../policy/pack/source-text.ts';
import { isOfficer } from '../../policy/people/roles.ts';
import { type AuthorityProfile, saidIn } from '../../policy/referral/authority.ts';
import { type AuthorityChange, authorityChanges } from '../../policy/referral/authority-changes.ts';
import { authorityInWords, type DecidedThere, statusOfProfile } from '../../policy/referral/authority-in-words.ts';
import { Refusal } from '../../policy/refusal.ts';
import { type HeldProfile, heldOn, profileOf, profilesFollow } from '../../prisma/authority-profiles.ts';
import type { Ctx, View } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import {
  AuthorityDraft,
  authorityDraftFacts,
  authorityDraftView,
  authorityIdOf,
  changesShown,
  keepAuthority,
  placed,
  profileKeepers,
  todayThere,
  WrongInProfile,
  whyNotTheirs,
  wrongFacts,
} from './authority-draft.ts';
import { textOf } from './bring-in.ts';

type Reading = Pick<Ctx, 'deps' | 'user' | 'at'>;

/**
 * The authority of the user, or of their school, with its profile as it holds today and since when, and what holds later; `own` is
 * the newest text that was added here, or its first lines.
 */
async function authorityOf(ctx: Reading) {
  const { db } = ctx.deps;
  const id = await authorityIdOf(ctx);
  const authority = await db.authority.findUnique({ where: { id } });
  if (!authority) throw new Refusal('NotFound', 'There is no such authority here');
  const today = await todayThere(ctx);
  const days = await profilesFollow(db, id, today);
  const kept = await heldOn(db, id, days.at(-1) ?? today);
  const own = kept?.text ?? `authority: ${id}\ntitle: "${authority.name}"\n`;
  const from = (await heldOn(db, id, today))?.from ?? always;
  const held = await profileOf(db, id, today);
  const since = from > always ? from : null;
  return { name: authority.name, own, since, ...held, later: await laterOf(db, id, held.profile, days) };
}

/** What each text that is kept for a later day says otherwise than what holds before it. */
async function laterOf(db: Ctx['deps']['db'], id: string, now: AuthorityProfile, days: readonly Day[]) {
  const later: { from: Day; changes: AuthorityChange[] }[] = [];
  let before = now;
  for (const from of days) {
    const { profile } = await profileOf(db, id, from);
    later.push({ from, changes: authorityChanges(before, profile) });
    before = profile;
  }
  return later;
}

/** True if something is known of the authority itself, beyond the national framework. */
const isKnown = ({ layers }: Pick<HeldProfile, 'layers'>): boolean => layers.length > 1;

async function authorityView(ctx: Reading, typed?: string): Promise<View> {
  const found = await authorityOf(ctx);
  const { name, profile } = found;
  const officer = isOfficer(ctx.user.role);
  return {
    template: 'policies/authority.njk',
    model: {
      ...{ name, service: profile.service, known: isKnown(found) },
      back: officer ? { href: '/referrals', text: 'Referrals' } : { href: '/policies', text: 'Policies' },
      rows: authorityInWords(profile).map((one) => ({ ...one, source: sourceOf(one, found) })),
      unread: found.unread.map(placed),
      since: found.since && longDay(found.since),
      later: found.later.map(({ from, changes }) => ({ from: longDay(from), changes: changesShown(changes) })),
      law: !officer,
      ...{
        mayKeep: (await whyNotTheirs(ctx, await authorityIdOf(ctx))) === null,
        typed: typed ?? found.own,
        decisionKey: randomUUID(),
      },
    },
  };
}

/** Where it is written; or whose it is, if that is all that is known. */
function sourceOf({ part, source, status }: DecidedThere, { layers }: Pick<HeldProfile, 'layers'>): string {
  if (source !== null) return `${source}${status ? `: ${statusOfProfile[status]}` : ''}`;
  const own = layers.slice(1).some(({ text, fileName }) => saidIn(sourceText(text, fileName)).includes(part));
  if (own) return 'The authority’s profile here';
  return part === 'waiting' || part === 'stands in' ? 'As Firstbell asks, until a profile says otherwise' : 'National framework';
}

/** What was kept before profiles had a day is as if it had always held. */
const always = '1900-01-01';

const facts = ({ part: _, ...one }: DecidedThere) => one;

const Authority = z
  .object({
    name: z.string(),
    service: z.string().describe('What it calls those whom a school refers to'),
    known: z.boolean().describe('Whether anything is known of it itself; otherwise all is as the national framework says'),
    since: z.iso.date().nullable().describe('The first day of what holds today; null where that has always held'),
    later: z
      .array(z.object({ from: z.iso.date(), changes: z.array(AuthorityDraft.shape.changes.element) }))
      .describe('What is kept for a later day, and says otherwise than what holds before it'),
    decides: z.array(
      z.object({
        ...{ about: z.string(), says: z.string() },
        source: z.string().nullable().describe('Null where no document is named'),
        status: z.enum(['confirmed', 'second-hand', 'interpretation']).nullable(),
      }),
    ),
    unread: z
      .array(WrongInProfile)
      .describe(
        'What the profile that is kept here says and this release does not read: nobody follows it, and it is to be written anew',
      ),
  })
  .meta({ id: 'Authority', description: 'What a local authority decides for itself' });

const DraftForm = z.object({ decisionKey: z.uuid(), text: z.string().default('') });
const aboutText =
  'The body is a profile in YAML, as those in policy/packs/authorities. A refusal names each line that is wrong. It is the team lead’s of the authority; where only one school here has it, that school’s administrator’s.';
const tellsWrong = z.object({ problems: z.array(WrongInProfile) });
const textAndName = async (ctx: Pick<Ctx, 'upload'>, typed?: string) => ({
  ...{ text: await textOf(ctx, typed), fileName: ctx.upload?.name || 'The profile' },
});

/** What the local authority decides for itself: for its schools, and for its own officers. */
export const authorityRoutes = [
  page({
    ...{ path: '/authority', may: 'signed-in', summary: 'What the local authority decides for itself' },
    handle: (ctx) => authorityView(ctx),
  }),
  form({
    ...{ path: '/authority/look', may: profileKeepers, upload: 'file', concerns: 'file', body: DraftForm },
    summary: 'Look at what keeping a profile of the authority would do',
    handle: async (ctx) => authorityDraftView(ctx, await textAndName(ctx, ctx.body.text)),
    again: (ctx) => authorityView(ctx, String(ctx.body.text ?? '')),
  }),
  form({
    ...{
      path: '/authority',
      may: profileKeepers,
      upload: 'file',
      concerns: 'file',
      body: DraftForm.extend({ seen: z.string() }),
    },
    summary: 'Keep a profile of the authority that was looked at',
    handle: async (ctx) => {
      const { fresh, from } = await keepAuthority(ctx, await textAndName(ctx, ctx.body.text), ctx.body.seen);
      const kept = `The profile is kept. Referrals made from ${longDay(from)} on follow it; those made before stay as they are.`;
      return { goTo: '/authority', say: fresh ? kept : 'Nothing changed: it was so already.' };
    },
    again: (ctx) => authorityView(ctx, String(ctx.body.text ?? '')),
  }),
  api({
    ...{ method: 'post', path: '/authority/look', name: 'lookAtAuthority', may: profileKeepers },
    ...{ summary: 'Look at what keeping a profile of the authority would do, without doing it', more: aboutText },
    ...{ takes: 'application/yaml', reply: AuthorityDraft, tells: tellsWrong },
    handle: async (ctx) => authorityDraftFacts(ctx, await textAndName(ctx)),
  }),
  api({
    ...{ method: 'post', path: '/authority', name: 'keepAuthority', may: profileKeepers },
    ...{
      summary: 'Keep a profile of the authority',
      more: `${aboutText} Referrals made from its first day on follow it; those made before stay as they are.`,
      takes: 'application/yaml',
    },
    query: z.object({
      seen: z.string().max(100).optional().describe('From the look: it is refused if it would do something else'),
    }),
    reply: z.object({ id: z.string(), from: z.iso.date().describe('Its first day'), fresh: z.boolean() }),
    tells: tellsWrong,
    handle: async (ctx) => keepAuthority(ctx, await textAndName(ctx), ctx.query.seen),
  }),
  api({
    ...{ method: 'get', path: '/authority', name: 'getAuthority', may: 'signed-in' },
    summary: 'What the local authority decides for itself, in words, each with its source',
    reply: Authority,
    handle: async (ctx) => {
      const found = await authorityOf(ctx);
      const { name, profile, since, later, unread } = found;
      const decides = authorityInWords(profile).map(facts);
      return { name, service: profile.service, known: isKnown(found), since, later, decides, unread: unread.map(wrongFacts) };
    },
  }),
];
