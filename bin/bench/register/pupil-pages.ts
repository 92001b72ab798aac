import { hash } from '@node-rs/argon2';
import { type Authority, leadOf, type School } from './authority.ts';

const password = 'made-up words for a bench';

/** Loads the pages of pupils, one after the other, in the browsers of some schools' leads: ms a page. */
export async function pupilPages({ db, schools }: Authority, url: string, pages: number): Promise<number[]> {
  const some = schools.filter((_, i) => i % Math.ceil(schools.length / 8) === 0);
  const passwordHash = await hash(password);
  const readers = await Promise.all(
    some.map(async (school) => {
      const { id, email } = leadOf(school.id);
      await db.user.update({ where: { id }, data: { passwordHash } });
      return { school, cookie: await signedIn(url, email) };
    }),
  );
  const ms: number[] = [];
  for (let i = -readers.length; i < pages; i++) {
    const { school, cookie } = readers[(i + readers.length) % readers.length] as { school: School; cookie: string };
    const pupil = school.pupils[Math.floor(((i + readers.length) * 0.618 * school.pupils.length) % school.pupils.length)];
    const began = performance.now();
    const page = await fetch(`${url}/register/${pupil?.id}`, { headers: { cookie } });
    const text = await page.text();
    if (page.status !== 200 || !text.includes(`Pupil ${pupil?.no}`))
      throw new Error(`The page of a pupil answers ${page.status}`);
    // The first of each reader only warms up.
    if (i >= 0) ms.push(performance.now() - began);
  }
  return ms;
}

async function signedIn(url: string, email: string): Promise<string> {
  const form = await fetch(`${url}/sign-in`);
  const csrf = /name="_csrf" value="([^"]*)"/.exec(await form.text())?.[1] ?? '';
  const body = new URLSearchParams({ _csrf: csrf, email, password });
  const { status, headers } = await fetch(`${url}/sign-in`, {
    method: 'POST',
    body,
    headers: { cookie: cookieIn(form.headers) },
    redirect: 'manual',
  });
  if (status !== 303) throw new Error(`Signing in answers ${status}`);
  return cookieIn(headers);
}

const cookieIn = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
