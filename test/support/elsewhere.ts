import { randomUUID } from 'node:crypto';
import { isOfficer, type Role, roles } from '../../policy/people/roles.ts';
import type { Db } from '../../prisma/client.ts';
import type { addresses } from './addresses.ts';
import { type Browser, csrfOn } from './callers.ts';
import type { aRunningApi } from './running-api.ts';

type Address = ReturnType<typeof addresses>[number];

/** A school of another authority with its staff (`sal@otherton.example`), and a teacher of another class of this one. */
export async function addOutsiders(db: Db): Promise<void> {
  const place = { address: [], phone: '', email: 'office@otherton.example' };
  const { passwordHash } = await db.user.findFirstOrThrow();
  const account = (role: Role, at: string) => ({
    ...{ id: `${at}:${role}`, name: role, email: `${role}@${at}.example`, role, passwordHash },
  });
  await db.authority.create({ data: { id: 'otherland', name: 'Otherland', ...place } });
  await db.school.create({
    data: { id: 'otherton', name: 'Otherton School', authorityId: 'otherland', packId: 'gloucestershire', ...place },
  });
  const others = roles.map((role) => ({
    ...account(role, 'otherton'),
    ...(isOfficer(role) ? { authorityId: 'otherland' } : { schoolId: 'otherton', className: '7Z' }),
  }));
  const beside = { ...account('class-teacher', 'oakbridge'), schoolId: 'oakbridge', className: '9B' };
  await db.user.createMany({ data: [...others, beside] });
}

/** Those of them whose role may use a route, by e-mail address. */
export const outsidersFor = (may: Address['route']['may']): string[] => [
  ...roles.filter((role) => typeof may === 'string' || may.includes(role)).map((role) => `${role}@otherton.example`),
  ...(typeof may === 'string' || may.includes('class-teacher') ? ['class-teacher@oakbridge.example'] : []),
];

/** Asks for what stands at an address in the name of an account, or posts what would be taken there; gives the status. */
export function asking({ machineOf, browserOf }: Awaited<ReturnType<typeof aRunningApi>>) {
  const browsers = new Map<string, Promise<Browser>>();
  const browserFor = (email: string): Promise<Browser> => {
    const browser = browsers.get(email) ?? browserOf(email);
    browsers.set(email, browser);
    return browser;
  };
  return async (email: string, { route, at, body }: Address): Promise<number> => {
    const sent = body();
    if (route.kind === 'api') {
      const as = await machineOf(email);
      const asked = sent === null ? as.get(at()) : as.post(at(), sent, randomUUID());
      return (await asked).status;
    }
    const browser = await browserFor(email);
    if (sent === null) return (await browser.get(at())).status;
    const fields = { _csrf: await csrfOn(browser, '/inbox'), ...sent };
    return (await browser.post(at()).type('form').send(fields)).status;
  };
}
