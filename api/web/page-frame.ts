import type { Request, Response } from 'express';
import { type Day, longDay } from '../../policy/calendar/day.ts';
import { type Role, roleTitles } from '../../policy/people/roles.ts';
import type { Db } from '../../prisma/client.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { readers } from '../figures/reach.ts';
import { office } from '../letters/reach.ts';
import { readers as referralReaders } from '../referrals/reach.ts';
import { keepers } from '../register/reach.ts';
import { summaryReaders } from '../returns/reach.ts';
import { overseers } from '../schools/reach.ts';
import { triers } from '../simulations/reach.ts';
import { assetUrls } from './assets.ts';
import { csrfToken } from './csrf.ts';
import type { SignedIn } from './signed-in.ts';

const links: { text: string; href: string; roles: readonly Role[] | 'school' | 'all' }[] = [
  { text: 'Inbox', href: '/inbox', roles: 'all' },
  { text: 'Cases', href: '/cases', roles: 'school' },
  { text: 'Register', href: '/register', roles: 'school' },
  { text: 'Calendar', href: '/calendar', roles: 'school' },
  { text: 'Figures', href: '/figures', roles: readers },
  { text: 'Schools', href: '/schools', roles: overseers },
  { text: 'Returns', href: '/returns', roles: summaryReaders },
  { text: 'Policies', href: '/policies', roles: 'school' },
  { text: 'Simulations', href: '/simulations', roles: triers },
  { text: 'Letters', href: '/letters', roles: office },
  { text: 'Imports', href: '/imports', roles: keepers },
  { text: 'Referrals', href: '/referrals', roles: referralReaders },
  { text: 'Training clock', href: '/training', roles: 'all' },
];

/** What a page needs round it when nothing more is known. */
export const bareFrame = (res: Response) => ({
  assets: assetUrls(),
  cspNonce: res.locals.nonce as string,
  csrfToken: '',
  say: null,
  training: null,
  place: null,
  today: null,
  user: null,
  navigation: [],
});

/** The frame's own words, which would change what stands round a page that used one for itself, and those of the template language. */
export type FrameWord = keyof ReturnType<typeof bareFrame> | 'none' | 'null' | 'true' | 'false';

/** What stands round every page: whose it is, where one can go, what was just done. */
export async function pageFrame(req: Request, res: Response, db: Db, user: SignedIn | undefined, now: number) {
  const say = takeWord(req);
  const { place, days, training, clocks } = await placeOf(db, user, now);
  return {
    ...bareFrame(res),
    // A stranger gets a session only where there is a form for one.
    csrfToken: user || req.route?.path === '/sign-in' ? csrfToken(req) : '',
    say,
    training,
    place,
    // The schools of an authority may stand at different dates: then no one of them is today.
    today: days.length === 1 ? longDay(days[0] as Day) : null,
    user: user ? { name: user.name, role: roleTitles[user.role] } : null,
    navigation: user
      ? links
          .filter((link) => mayFollow(link, user, clocks))
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

const mayFollow = ({ roles, href }: (typeof links)[number], user: SignedIn, clocks: boolean): boolean =>
  (href !== '/training' || clocks) &&
  (roles === 'all' || (roles === 'school' ? user.schoolId !== null : roles.includes(user.role)));

/** Where a person is: whose place, the dates of its schools, what of it is training, and whether there is a clock to walk. */
async function placeOf(db: Db, user: SignedIn | undefined, now: number) {
  const schools = user ? await schoolsOf(db, user) : [];
  const authority = user?.authorityId ? await db.authority.findUnique({ where: { id: user.authorityId } }) : null;
  return {
    place: authority?.name ?? schools[0]?.name ?? null,
    days: [...new Set(schools.map((school) => todayAt(school, now)))],
    training: trainingMark(schools),
    clocks: schools.some(({ training }) => training),
  };
}

/** What the header says of training. Of an authority that has real schools as well it never says that all is made up. */
function trainingMark(schools: readonly { training: boolean }[]): { tag: string; text: string } | null {
  if (!schools.some(({ training }) => training)) return null;
  return schools.every(({ training }) => training)
    ? { tag: 'Training school', text: 'Made-up data. Mail goes only to the mail catcher.' }
    : { tag: 'Training and real schools', text: 'Some of these schools are made up. Look at the name of the school first.' };
}

const schoolsOf = (db: Db, { schoolId, authorityId }: SignedIn) =>
  db.school.findMany({
    where: schoolId === null ? { authorityId: authorityId ?? 'none' } : { id: schoolId },
    select: { name: true, training: true, today: true },
    distinct: ['training', 'today'],
  });
