import { parseArgs } from 'node:util';
import { roleTitles } from '../policy/people/roles.ts';
import type { Db } from '../prisma/client.ts';
import { addToken, revokeToken, tokens } from '../prisma/tokens.ts';
import { type Command, WrongUse } from './command.ts';
import { Obstacle } from './obstacle.ts';
import { withRunningDatabase } from './running-database.ts';

export const command: Command = {
  summary: 'make, list and revoke tokens with which machines use the API in the name of a user',
  usage: 'token add --user EMAIL --label TEXT | token list | token revoke ID   [--data DIR]',
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { user: { type: 'string' }, label: { type: 'string' }, data: { type: 'string' } },
    });
    const act = whatToDo(positionals, values);
    return withRunningDatabase(values.data, act);
  },
};

type Asked = { user?: string | undefined; label?: string | undefined };

function whatToDo([what, id, ...more]: string[], { user, label }: Asked): (db: Db) => Promise<number> {
  if (what === 'add' && id === undefined) {
    if (!user) throw new WrongUse('Name with --user, by e-mail address, the user for whom the token speaks.');
    if (!label?.trim()) throw new WrongUse('Say with --label what the token is for, such as "nightly import".');
    return (db) => add(db, user, label.trim());
  }
  if (what === 'list' && id === undefined) return list;
  if (what === 'revoke' && id !== undefined && more.length === 0) return (db) => revoke(db, id);
  throw new WrongUse('Choose what to do: add, list, or revoke with the id of a token.');
}

async function add(db: Db, email: string, label: string): Promise<number> {
  const made = await addToken(db, { email, label });
  if (!made) throw new Obstacle(`No active user has the e-mail address ${email}: look at its spelling.`);
  console.error(`It speaks for ${made.user.email} (${roleOf(made.user)}), and is shown only this once. Its id is ${made.id}.`);
  console.log(made.token);
  return 0;
}

async function list(db: Db): Promise<number> {
  const all = await tokens(db);
  if (all.length === 0) console.log('There are no tokens.');
  for (const { id, label, createdAt, revokedAt, user } of all) {
    const state = revokedAt ? `revoked ${dayOf(revokedAt)}` : user.active ? 'in use' : 'its user is switched off';
    console.log([id, dayOf(createdAt), state, `${user.email} (${roleOf(user)})`, label].join('  '));
  }
  return 0;
}

async function revoke(db: Db, id: string): Promise<number> {
  const found = /^[0-9a-f-]{36}$/i.test(id) && (await revokeToken(db, id, new Date()));
  if (!found) throw new Obstacle(`There is no token ${id}: "firstbell token list" shows them.`);
  console.log('The token is worth nothing any more.');
  return 0;
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const roleOf = ({ role }: { role: string }): string => (roleTitles as Record<string, string>)[role] ?? role;
