import { accessSync, constants } from 'node:fs';
import { z } from 'zod';
import { Obstacle } from './obstacle.ts';

const key = z.base64('must be base64').refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64');
const keys = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine(
    (all) => all.every((one) => key.safeParse(one).success),
    'must be keys of 32 bytes in base64, with commas between them',
  );
const file = z.string().refine((path) => {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}, 'must name a file that this user may read');
const hostAndPort = z.string().regex(/^[^\s:/]+:\d{1,5}$/, 'must be host:port');

const Env = z.object({
  /** PostgreSQL 15 or later. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }),
  TEMPORAL_ADDRESS: hostAndPort,
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  /** "true" for TLS with the system's roots; implied by any of the next four. */
  TEMPORAL_TLS: z.stringbool().optional(),
  /** The roots to trust instead, as PEM. */
  TEMPORAL_TLS_CA: file.optional(),
  /** Our own certificate and its key, as PEM: both or neither. */
  TEMPORAL_TLS_CERT: file.optional(),
  TEMPORAL_TLS_KEY: file.optional(),
  TEMPORAL_API_KEY: z.string().min(1).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' }),
  /** The built-in mail catcher: the only place where a training school's mail can go. */
  MAIL_CATCHER_URL: z.url().optional(),
  /** Where its inbox can be read. */
  MAIL_INBOX_URL: z.url().optional(),
  MAIL_FROM: z.string().regex(/@/, 'must hold an e-mail address').default('Firstbell <attendance@firstbell.example>'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number('must be a number').int().min(0).max(65_535).default(3000),
  /** Where people open Firstbell: links in letters begin with it. */
  BASE_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' }).optional(),
  /** Encrypts what the engine keeps. Losing it makes open cases unreadable. */
  PAYLOAD_KEY: key,
  /** Keys that were PAYLOAD_KEY before: what they encrypted can still be read. */
  PAYLOAD_KEYS_OLDER: keys.optional(),
  /** Signs session cookies. */
  SESSION_SECRET: z.string().min(32, 'must be at least 32 characters'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type Config = Readonly<Omit<z.infer<typeof Env>, 'BASE_URL'> & { BASE_URL: string }>;

/** Reads the environment once, at the start of a process. Nothing else reads process.env for settings. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const config = checked(Env, env);
  return Object.freeze({ ...config, BASE_URL: config.BASE_URL ?? `http://localhost:${config.PORT}` });
}

const Given = Env.partial().extend({ FIRSTBELL_DATA: z.string().min(1).default('.data') });
export type Given = Readonly<z.infer<typeof Given>>;

/** The settings that `firstbell start` was given: each embedded part whose setting is here is not started. */
export const loadGiven = (env: NodeJS.ProcessEnv = process.env): Given => Object.freeze(checked(Given, env));

/** An environment in which no setting is given, whatever this process was given: for programs on parts of their own. */
export const noSettings: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(Given.shape).map((name) => [name, '']),
);

function checked<T extends z.ZodType>(schema: T, env: NodeJS.ProcessEnv): z.infer<T> {
  // A variable that is set to nothing counts as not set, as a shell or compose file leaves it.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return set[name] === undefined ? `${name} is missing` : `${name} ${message.replace(/^Invalid/, 'is not right: invalid')}`;
  });
  throw new Obstacle(`The environment is not right: ${wrong.join('; ')}.`);
}
