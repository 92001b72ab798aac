import { z } from 'zod';
import { sourceText } from '../../policy/pack/source-text.ts';
import { isOfficer } from '../../policy/people/roles.ts';
import { saidIn } from '../../policy/referral/authority.ts';
import { authorityInWords, type DecidedThere, statusOfProfile } from '../../policy/referral/authority-in-words.ts';
import { Refusal } from '../../policy/refusal.ts';
import { type HeldProfile, profileOf } from '../../prisma/authority-profiles.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import type { Ctx, View } from '../web/route.ts';
import { api, page } from '../web/routes.ts';

type Reading = Pick<Ctx, 'deps' | 'user'>;

/** The authority of the user, or of their school, with its profile. */
async function authorityOf({ deps, user }: Reading): Promise<{ name: string } & HeldProfile> {
  const id = user.authorityId ?? (await schoolOf(deps.db, user)).authorityId;
  const authority = await deps.db.authority.findUnique({ where: { id } });
  if (!authority) throw new Refusal('NotFound', 'There is no such authority here');
  return { name: authority.name, ...(await profileOf(deps.db, id)) };
}

/** True if something is known of the authority itself, beyond the national framework. */
const isKnown = ({ layers }: HeldProfile): boolean => layers.length > 1;

async function authorityView(ctx: Reading): Promise<View> {
  const found = await authorityOf(ctx);
  const { name, profile } = found;
  const officer = isOfficer(ctx.user.role);
  return {
    template: 'policies/authority.njk',
    model: {
      ...{ name, service: profile.service, known: isKnown(found) },
      back: officer ? { href: '/referrals', text: 'Referrals' } : { href: '/policies', text: 'Policies' },
      rows: authorityInWords(profile).map((one) => ({ ...one, source: sourceOf(one, found) })),
      law: !officer,
    },
  };
}

/** Where it is written; or whose it is, if that is all that is known. */
function sourceOf({ part, source, status }: DecidedThere, { layers }: HeldProfile): string {
  if (source !== null) return `${source}${status ? `: ${statusOfProfile[status]}` : ''}`;
  const own = layers.slice(1).some(({ text, fileName }) => saidIn(sourceText(text, fileName)).includes(part));
  if (own) return 'The authority’s profile here';
  return part === 'waiting' || part === 'stands in' ? 'As Firstbell asks, until a profile says otherwise' : 'National framework';
}

const facts = ({ part: _, ...one }: DecidedThere) => one;

const Authority = z
  .object({
    name: z.string(),
    service: z.string().describe('What it calls those whom a school refers to'),
    known: z.boolean().describe('Whether anything is known of it itself; otherwise all is as the national framework says'),
    decides: z.array(
      z.object({
        ...{ about: z.string(), says: z.string() },
        source: z.string().nullable().describe('Null where no document is named'),
        status: z.enum(['confirmed', 'second-hand', 'interpretation']).nullable(),
      }),
    ),
  })
  .meta({ id: 'Authority', description: 'What a local authority decides for itself' });

/** What the local authority decides for itself: for its schools, and for its own officers. */
export const authorityRoutes = [
  page({
    ...{ path: '/authority', may: 'signed-in', summary: 'What the local authority decides for itself' },
    handle: authorityView,
  }),
  api({
    ...{ method: 'get', path: '/authority', name: 'getAuthority', may: 'signed-in' },
    summary: 'What the local authority decides for itself, in words, each with its source',
    reply: Authority,
    handle: async (ctx) => {
      const found = await authorityOf(ctx);
      const { name, profile } = found;
      return { name, service: profile.service, known: isKnown(found), decides: authorityInWords(profile).map(facts) };
    },
  }),
];
