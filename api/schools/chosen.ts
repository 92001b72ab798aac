import express, { type Express } from 'express';
import { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { atSchool } from '../../prisma/trusts.ts';
import type { Deps } from '../deps.ts';
import { refuseBrokenText } from '../web/broken-text.ts';
import { newCsrfToken, refuseForeignForms } from '../web/csrf.ts';
import { goOn } from '../web/go-on.ts';
import { signedIn } from '../web/signed-in.ts';

const Chosen = z.object({ school: z.string().min(1) });

/**
 * A trust lead chooses the school that all pages are of from then on. It is kept in the browser's session, as signing in is; pages
 * that are still open show another school, so that their forms are refused.
 */
export function chosenSchool(app: Express, { db }: Deps): void {
  const body = express.urlencoded({ extended: false, limit: '10kb' });
  app.post('/schools/chosen', body, refuseForeignForms, refuseBrokenText, async (req, res) => {
    const user = signedIn(req);
    const chosen = Chosen.safeParse(req.body);
    const there = user && chosen.success ? await atSchool(db, user, chosen.data.school) : null;
    if (!there) throw new Refusal('NotFound', 'There is no such school in your trust');
    const { id, name } = await schoolOf(db, there);
    req.session.chosenSchool = id;
    newCsrfToken(req);
    req.session.say = { text: `These pages are of ${name} now`, on: '/figures' };
    await goOn(req, res, '/figures');
  });
}
