import type { Request, Response } from 'express';
import { longDay } from '../../policy/calendar/day.ts';
import { type Role, roleTitles } from '../../policy/people/roles.ts';
import type { Db } from '../../prisma/client.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { assetUrls } from './assets.ts';
import { csrfToken } from './csrf.ts';
import type { SignedIn } from './signed-in.ts';

const links: { text: string; href: string; roles: readonly Role[] | 'school' | 'all' }[] = [
  { text: 'Inbox', href: '/inbox', roles: 'all' },
  { text: 'Cases', href: '/cases', roles: 'school' },
  { text: 'Register', href: '/register', roles: 'school' },
  { text: 'Letters', href: '/letters', roles: ['sal', 'attendance-officer', 'headteacher', 'admin'] },
  { text: 'Imports', href: '/imports', roles: ['attendance-officer', 'sal', 'admin'] },
  { text: 'Referrals', href: '/referrals', roles: ['ewo', 'sal', 'headteacher'] },
  { text: 'Training clock', href: '/training', roles: 'all' },
];

/** What a page needs round it when nothing more is known. */
export const bareFrame = (res: Response) => ({
  assets: assetUrls(),
  cspNonce: res.locals.nonce as string,
  csrfToken: '',
  say: null,
  training: false,
  place: null,
  today: null,
  user: null,
  navigation: [],
});

/** What stands round every page: whose it is, where one can go, what was just done. */
export async function pageFrame(req: Request, res: Response, db: Db, user: SignedIn | undefined, now: number) {
  const say = takeWord(req);
  const school = await schoolOf(db, user);
  const training = school?.training ?? false;
  return {
    ...bareFrame(res),
    // A stranger gets a session only where there is a form for one.
    csrfToken: user || req.path === '/sign-in' ? csrfToken(req) : '',
    say,
    training,
    place: user?.authorityId ? await authorityName(db, user.authorityId) : (school?.name ?? null),
    today: school ? longDay(todayAt(school, now)) : null,
    user: user ? { name: user.name, role: roleTitles[user.role] } : null,
    navigation: user
      ? links
          .filter((link) => mayFollow(link, user, training))
          .map(({ text, href }) => ({ text, href, active: req.path.startsWith(href) }))
      : [],
  };
}

/** What was just done, once, and only for the page it was meant for: not for a preview within it, nor for an error elsewhere. */
function takeWord(req: Request): string | null {
  const { say } = req.session ?? {};
  if (!say || say.on !== req.originalUrl || (req.get('sec-fetch-dest') ?? 'document') !== 'document') return null;
  delete req.session.say;
  return say.text;
}

const authorityName = async (db: Db, id: string): Promise<string> =>
  (await db.authority.findUniqueOrThrow({ where: { id } })).name;

const mayFollow = ({ roles, href }: (typeof links)[number], user: SignedIn, training: boolean): boolean =>
  (href !== '/training' || training) &&
  (roles === 'all' || (roles === 'school' ? user.schoolId !== null : roles.includes(user.role)));

/** The user's school; for someone at the authority the first training school there, whose clock they share. */
const schoolOf = (db: Db, user: SignedIn | undefined) =>
  user?.schoolId
    ? db.school.findUnique({ where: { id: user.schoolId } })
    : user?.authorityId
      ? db.school.findFirst({ where: { authorityId: user.authorityId, training: true } })
      : null;
