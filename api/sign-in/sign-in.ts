import { verify } from '@node-rs/argon2';
import { z } from 'zod';
import { roleTitles } from '../../policy/people/roles.ts';
import { demoPassword } from '../../policy/training/demo-password.ts';
import type { Db } from '../../prisma/client.ts';
import { accountOf, demoAccounts } from '../../prisma/users.ts';
import type { View } from '../web/route.ts';
import { page } from '../web/routes.ts';

export const SignIn = z.object({
  email: z.string().trim().min(1, 'Enter your e-mail address').max(254),
  password: z.string().min(1, 'Enter your password').max(200),
  to: z.string().default('/inbox'),
});

/** Only a path of ours: never another site. */
export const safePath = (to: string): string => (/^\/(?![/\\])[\w\-./?=&%:]*$/.test(to) ? to : '/inbox');

/** A hash that no password fits, so that an unknown address costs as much time as a wrong password. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$G0yHqBmCxWB0SdSBBN1bRsrV3bX1uGyS7Qf2N1uYb7o';

/** The user's id if the password is right; undefined if not, without saying which part was wrong. */
export async function userIdFor(db: Db, { email, password }: { email: string; password: string }): Promise<string | undefined> {
  const account = await accountOf(db, email);
  const right = await verify(account?.passwordHash ?? nobody, password).catch(() => false);
  return account && right ? account.id : undefined;
}

export async function signInView(db: Db, { email, to }: { email: string; to: string }): Promise<View> {
  const accounts = await demoAccounts(db);
  const demo = [...new Set(accounts.map(({ place }) => place))].map((place) => ({
    place,
    accounts: accounts.filter((one) => one.place === place).map((one) => ({ email: one.email, role: roleTitles[one.role] })),
  }));
  return { template: 'sign-in/sign-in.njk', model: { demo, demoPassword, email, to } };
}

export const signInPages = [
  page({
    path: '/sign-in',
    may: 'anyone',
    summary: 'Sign in',
    query: z.object({ to: z.string().default('/inbox') }),
    handle: ({ query, deps }) => signInView(deps.db, { email: '', to: safePath(query.to) }),
  }),
];
