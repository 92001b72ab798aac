import { createHash, randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import pg from 'pg';
import pino from 'pino';
import request from 'supertest';
import { advance } from '../../activities/matter/advance.ts';
import { loads } from '../../activities/matter/loads.ts';
import { previewDecision } from '../../activities/matter/preview.ts';
import { createApp } from '../../api/app.ts';
import type { Deps, Said } from '../../api/deps.ts';
import type { Role } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { staff } from '../../policy/training/staff.ts';
import type { Db } from '../../prisma/client.ts';
import type { Outcome } from '../../workflows/messages.ts';

export const password = 'correct horse battery';
const notHere = async () => Promise.reject(new Error('not part of this desk'));

/** The web application over a real database and the real rules, without the engine between them. */
export async function aDesk({ db, databaseUrl }: { db: Db; databaseUrl: string }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 3 });
  const decide = async ({ kind, matterId, input }: Said): Promise<Outcome> => {
    const outcome = await db.$transaction((tx) => advance(tx, loads, Date.now(), { kind, matterId, input }));
    if (outcome.refused) throw new Refusal(outcome.refused.code as 'NotAllowed', outcome.refused.message);
    return outcome;
  };
  const matters = { decide, recallLetter: notHere, settleLetter: notHere, walkClock: notHere };
  const deps = {
    ...{
      db,
      matters,
      log: pino({ level: 'silent' }),
      now: Date.now,
      preview: ({ words, ...asked }: Parameters<Deps['preview']>[0]) => previewDecision(db, Date.now(), asked, words),
      importFile: notHere,
      checks: {},
    },
    settings: { baseUrl: 'http://127.0.0.1', sessionSecret: 'secret', mailInboxUrl: null },
  } as unknown as Deps;
  const app = createApp(deps, pool);
  await db.user.updateMany({ data: { passwordHash: await hash(password) } });

  return {
    app,
    decide,
    async signedIn(role: Role) {
      const agent = request.agent(app);
      const member = staff.find((one) => one.role === role);
      const { text } = await agent.get('/sign-in');
      await agent
        .post('/sign-in')
        .type('form')
        .send({ email: member?.email, password, to: '/inbox', _csrf: hiddenIn(text, '_csrf') })
        .expect(303);
      return {
        get: (path: string) => agent.get(path),
        /** Loads a page, and posts its form with these fields. */
        async post(path: string, fields: Record<string, string | string[]>, { form = path }: { form?: string } = {}) {
          const page = await agent.get(form);
          if (page.status !== 200)
            throw new Error(
              `${form} answers ${page.status}: ${page.text.slice(page.text.indexOf('<main'), page.text.indexOf('</main'))}`,
            );
          const shown = page.text.slice(page.text.indexOf('<main'));
          const hidden = {
            _csrf: hiddenIn(shown, '_csrf'),
            decisionKey: hiddenIn(shown, 'decisionKey'),
            version: hiddenIn(shown, 'version'),
          };
          return agent
            .post(path)
            .type('form')
            .send({ ...hidden, ...fields });
        },
      };
    },
    /** A machine's token in the name of the first account with this role. */
    async tokenOf(role: Role) {
      const token = randomUUID();
      const tokenHash = createHash('sha256').update(token).digest('hex');
      const userId = staff.find((one) => one.role === role)?.id ?? '';
      await db.apiToken.create({ data: { label: 'test', userId, tokenHash } });
      const bearer = { Authorization: `Bearer ${token}` };
      return {
        get: (path: string) => request(app).get(path).set(bearer),
        post: (path: string, body: object, key: string) =>
          request(app)
            .post(path)
            .set({ ...bearer, 'Idempotency-Key': key })
            .send(body),
      };
    },
    stop: () => pool.end(),
  };
}

const hiddenIn = (html: string, field: string): string => html.split(`name="${field}" value="`)[1]?.split('"')[0] ?? '';
