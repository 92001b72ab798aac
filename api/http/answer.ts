import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { CurrentUser } from './current-user.ts';
import type { Problem } from './problems.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** What the sign-in pages may do to the visit; nobody else needs it. */
export interface Visit {
  signIn(userId: string): Promise<void>;
  signOut(): Promise<void>;
}

/** A file that came with a form. It is deleted when the answer has gone. */
export interface Upload {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** One request as a handler's route sees it, before its schemas have spoken. */
export interface Asked {
  readonly params: Fields;
  readonly query: Fields;
  readonly body: unknown;
  readonly user: CurrentUser | null;
  /** Names this press of the button, for ever: the key of whatever follows from it. Empty when nobody is signed in. */
  readonly key: string;
  readonly visit: Visit;
  readonly upload: Upload | null;
}

export interface PageAnswer {
  readonly is: 'page';
  readonly status: number;
  readonly template: string;
  readonly view: { readonly title: string };
  readonly problems: readonly Problem[];
  readonly values: Fields;
}

export interface RedirectAnswer {
  readonly is: 'redirect';
  readonly to: string;
}

export interface FileAnswer {
  readonly is: 'file';
  /** For example `application/pdf`. Never HTML. */
  readonly type: string;
  readonly name: string;
  readonly content: Buffer | Readable;
  /** Shown in the browser, or (the default) saved. */
  readonly inline?: boolean;
}

export interface JsonAnswer {
  readonly is: 'json';
  readonly status: number;
  readonly body: z.core.util.JSONType;
}

export type Answer = PageAnswer | RedirectAnswer | FileAnswer | JsonAnswer;

/** Sends the browser elsewhere: what a page gives instead of its view, and every form gives at the end. */
export const redirect = (to: string): RedirectAnswer => ({ is: 'redirect', to });
