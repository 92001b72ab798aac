import type { z } from 'zod';
import type { Role } from '../../policy/people/roles.ts';
import type { Deps } from '../deps.ts';
import type { FrameWord } from './page-frame.ts';
import type { SignedIn } from './signed-in.ts';

/** Who may use a route: these roles, anyone who is signed in, or anyone at all. Every route has to say. */
export type May = readonly Role[] | 'signed-in' | 'anyone';

/** What a page shows: a template of ours and what it prints, already words. */
export type View = { template: string; model: Record<string, unknown> & { [word in FrameWord]?: never }; status?: number };

/** A file that came with a request, kept in a folder of its own until the answer is sent. */
export type Upload = { path: string; name: string };

/** What a handler gets: parsed values, never the raw request. */
export type Ctx<P = unknown, Q = unknown, B = unknown, U = SignedIn> = {
  params: P;
  query: Q;
  /** The query as it came: what a form of it held. */
  typed: Record<string, unknown>;
  body: B;
  user: U;
  deps: Deps;
  at: number;
  upload: Upload | null;
  /** Names what is asked once: a repeat has the same. */
  key: string;
};

/** Where to go after a form, and what to say there. */
export type Done = { goTo: string; say?: string };

/** A form that was not right: which fields, and why. Keys are field names. */
export type Problems = Record<string, string>;

/** What a form calls a part of what is asked with it, given what was typed. */
export type FieldOf = (part: string, typed: Record<string, unknown>) => string;

type Base = { path: string; may: May; summary: string };

export type PageRoute = Base & {
  kind: 'page';
  params: z.ZodType;
  query: z.ZodType;
  /** What its form calls what a refusal is about, where it is something else. */
  concerns?: FieldOf;
  handle: (ctx: Ctx) => Promise<View | Download>;
};
export type FormRoute = Base & {
  kind: 'form';
  /** The name of the field that holds a file, where the form has one. */
  upload?: string;
  /**
   * The field that a refusal is about, where it can only be about one: the error stands there. Where a refusal says itself what it
   * is about and the form calls that something else: how it does.
   */
  concerns?: string | FieldOf;
  params: z.ZodType;
  body: z.ZodType;
  handle: (ctx: Ctx) => Promise<Done | View | Download>;
  again: (ctx: Ctx, problems: Problems) => Promise<View>;
};
export type ApiRoute = Base & {
  kind: 'api';
  /** What a client made from the OpenAPI document calls it: unique. */
  name: string;
  /** What its description says beyond the summary; empty for most. */
  more: string;
  method: 'get' | 'post';
  params: z.ZodType;
  query: z.ZodType;
  body: z.ZodType;
  /** The media type of a body that is a file and no JSON. */
  takes: TakenType | null;
  /** What JSON is answered; null if a file is. */
  reply: z.ZodType | null;
  /** The media type of the file that is answered. */
  sends: FileType | null;
  /** What a refusal (422) tells besides its sentence. */
  tells: z.ZodType | null;
  handle: (ctx: Ctx) => Promise<unknown>;
  /** What a repeat with the same key is told while the first is still being worked on; without it, that it is (409). */
  meanwhile?: (ctx: Ctx) => Promise<unknown>;
};
export type Route = PageRoute | FormRoute | ApiRoute;

/** What a machine may be sent instead of JSON. */
export type FileType = 'application/pdf' | 'text/csv' | 'text/calendar' | 'text/html';

/** What file a machine may send instead of JSON. */
export type TakenType = 'text/csv' | 'text/calendar' | 'application/yaml';

/** A file instead of a page, whole or as it is made. `keep`: to be kept, though a browser could show it. */
export type Download = { file: string; type: string; content: Uint8Array | string | AsyncIterable<Uint8Array>; keep?: true };
