import { Refusal } from '../policy/refusal.ts';
import { NewerData } from '../prisma/migrate.ts';
import { type Command, WrongUse } from './command.ts';
import { explained, Obstacle } from './obstacle.ts';

/** Every subcommand, loaded when it is asked for. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  start: () => import('./start.ts'),
  api: () => import('./api.ts'),
  worker: () => import('./worker.ts'),
  school: () => import('./school.ts'),
  password: () => import('./password.ts'),
  import: () => import('./import.ts'),
  'take-import': () => import('./take-import.ts'),
  watch: () => import('./watch.ts'),
  export: () => import('./export.ts'),
  'training-files': () => import('./training-files.ts'),
  verify: () => import('./verify.ts'),
  bench: () => import('./bench.ts'),
  token: () => import('./token.ts'),
  law: () => import('./law.ts'),
  lint: () => import('./lint.ts'),
  policy: () => import('./policy.ts'),
  prove: () => import('./prove.ts'),
  simulate: () => import('./simulate.ts'),
  'policy-language': () => import('./policy-language.ts'),
  'policy-clauses': () => import('./policy-clauses.ts'),
  measures: () => import('./measures.ts'),
  migrate: () => import('./migrate.ts'),
  'new-migration': () => import('./new-migration.ts'),
};

async function main([name = '', ...argv]: string[]): Promise<number> {
  if (['', 'help', '--help', '-h'].includes(name)) return usage(name === '' ? 2 : 0);
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) return complain(`There is no command "${name}". Choose one of: ${Object.keys(commands).join(', ')}.`, 2);
  const { command } = await load();
  if (argv.includes('--help')) return say(`firstbell ${command.usage}\n\n${command.summary}`);
  try {
    return await command.run(argv);
  } catch (error) {
    return failed(explained(error), command);
  }
}

function failed(error: unknown, { usage }: Command): number {
  const parsing = String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
  if (error instanceof WrongUse || parsing) return complain(`${(error as Error).message}\nUsage: firstbell ${usage}`, 2);
  if ([Obstacle, NewerData, Refusal].some((kind) => error instanceof kind)) return complain((error as Error).message, 1);
  console.error(error);
  return 1;
}

async function usage(code: number): Promise<number> {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(14)} ${(await load()).command.summary}`),
  );
  return say(`Usage: firstbell COMMAND [options]\n\n${lines.join('\n')}\n\nfirstbell COMMAND --help tells more.`, code);
}

const say = (text: string, code = 0): number => {
  console.log(text);
  return code;
};
const complain = (text: string, code: number): number => {
  console.error(text);
  return code;
};

process.exitCode = await main(process.argv.slice(2));
