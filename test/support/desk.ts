import { movedUnder, timeMovedUnder } from '../../activities/letters/write-anew.ts';
import { advance } from '../../activities/matter/advance.ts';
import { loads } from '../../activities/matter/loads.ts';
import { previewDecision } from '../../activities/matter/preview.ts';
import { tryMove } from '../../activities/matter/try-move.ts';
import type { Deps, Said } from '../../api/deps.ts';
import type { Role } from '../../policy/people/roles.ts';
import { refusalOf } from '../../policy/refusal.ts';
import { staff } from '../../policy/training/staff.ts';
import type { Db } from '../../prisma/client.ts';
import { letterById } from '../../prisma/letters.ts';
import type { Outcome } from '../../workflows/messages.ts';
import { anApp, never } from './app.ts';
import { machine, passwordHash, signIn, submit, tokenOf } from './callers.ts';

type Submitted = [path: string, fields: Record<string, string | string[]>, at?: { form: string }];

/** The web application over a real database and the real rules, without the engine between them. */
export async function aDesk({ db, databaseUrl }: { db: Db; databaseUrl: string }) {
  const decide = async ({ kind, matterId, input }: Said): Promise<Outcome> => {
    const outcome = await db.$transaction((tx) => advance(tx, loads, Date.now(), { kind, matterId, input }));
    if (outcome.refused) throw refusalOf(outcome.refused);
    return outcome;
  };
  const matters = { decide, recallLetter: never, settleLetter: never, walkClock: never };
  const preview: Deps['preview'] = ({ words, ...asked }) => previewDecision(db, Date.now(), asked, words);
  const { app, end } = anApp(db, databaseUrl, {
    ...{ matters, preview, tryMove: (asked) => tryMove(db, Date.now(), asked) },
    movedUnder: async (letterId) => movedUnder(db, await letterById(db, letterId), Date.now()),
    timeMovedUnder: async (letterId) => timeMovedUnder(db, await letterById(db, letterId), Date.now()),
  });
  await db.user.updateMany({ data: { passwordHash: await passwordHash() } });

  return {
    app,
    decide,
    async signedIn(role: Role) {
      const browser = await signIn(app, emailOf(role));
      return {
        get: (path: string) => browser.get(path),
        post: (...[path, fields, at]: Submitted) => submit(browser, path, fields, at),
      };
    },
    /** A machine that speaks for the first account with this role. */
    tokenOf: async (role: Role) => machine(app, await tokenOf(db, emailOf(role))),
    stop: end,
  };
}

/** The e-mail address of the training school's first account with this role. */
export const emailOf = (role: Role): string => staff.find((one) => one.role === role)?.email ?? '';
