import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { hash } from '@node-rs/argon2';
import { shortestPassword, wrongPassword } from '../policy/people/password.ts';
import { keepPassword } from '../prisma/passwords.ts';
import { type Command, WrongUse } from './command.ts';
import { Obstacle } from './obstacle.ts';
import { withRunningDatabase } from './running-database.ts';

export const command: Command = {
  summary: 'set the password of an account: asked for twice on the terminal, or read from standard input',
  usage: 'password EMAIL [--data DIR]',
  async run(argv) {
    const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: { data: { type: 'string' } } });
    const [email] = positionals;
    if (!email || positionals.length > 1) throw new WrongUse('Name one account by its e-mail address.');
    return withRunningDatabase(values.data, async (db) => {
      const account = await db.user.findUnique({ where: { email: email.toLowerCase() } });
      if (!account) throw new Obstacle(`There is no account ${email}: add it to its school's file, then run firstbell school.`);
      if (!account.active) throw new Obstacle(`The account ${email} is switched off: its school's file says so.`);
      const password = process.stdin.isTTY ? await askedTwice(email) : await firstLine();
      const wrong = wrongPassword(password, account.email);
      if (wrong) throw new Obstacle(`This password was not taken. ${wrong}.`);
      await keepPassword(db, account.id, await hash(password));
      console.log(`The password of ${account.email} is set. Wherever the account was signed in, it no longer is.`);
      return 0;
    });
  },
};

async function askedTwice(email: string): Promise<string> {
  const password = await asked(`New password for ${email} (${shortestPassword} characters or more; it is not shown): `);
  if ((await asked('The same again: ')) !== password) throw new Obstacle('The two were not the same: nothing was changed.');
  return password;
}

/** One line from the terminal, which shows the question and nothing of the answer. */
function asked(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stdout.write(question);
  return new Promise((resolve, reject) => {
    terminal.once('SIGINT', () => reject(new Obstacle('Nothing was changed.')));
    terminal.once('line', resolve);
    terminal.once('close', () => reject(new Obstacle('No password was given: nothing was changed.')));
  }).finally(() => {
    terminal.close();
    process.stdout.write('\n');
  }) as Promise<string>;
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  throw new Obstacle('Standard input is empty: write the password on its first line.');
}
