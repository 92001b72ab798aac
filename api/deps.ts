import type { Logger } from 'pino';
import type { Proposal } from '../policy/case/proposal.ts';
import type { Role } from '../policy/people/roles.ts';
import type { ImportKind } from '../policy/register/csv-forms.ts';
import type { Db } from '../prisma/client.ts';
import type { MatterInput, MatterKind, Outcome } from '../workflows/messages.ts';

export type Said = { kind: MatterKind; matterId: string; input: MatterInput };

/** How the API speaks to cases and referrals. It refuses with a Refusal: what the rules said, or Unavailable if no worker answers. */
export type Matters = {
  decide(said: Said): Promise<Outcome>;
  recallLetter(asked: { letterId: string; by: string; textId: string }): Promise<void>;
  settleLetter(asked: { letterId: string; how: 'posted' | 'sent' | 'refused'; by: string }): Promise<void>;
  walkClock(asked: { schoolId: string; stepId: string }): Promise<void>;
};

export type ImportDone = { id: string; says: string };

/** What the API needs of the outside, put together by bin. */
export type Deps = {
  db: Db;
  log: Logger;
  matters: Matters;
  /** What approving a letter would send, without sending it. */
  preview: (asked: { matterId: string; proposal: Proposal; as: { id: string; role: Role } }) => Promise<{
    refused: string | null;
    letters: { to: string; channel: string; subject: string; html: string; pdf: Uint8Array }[];
  }>;
  importFile: (asked: { kind: ImportKind; schoolId: string; fileName: string; by: string; path: string }) => Promise<ImportDone>;
  checks: Record<string, () => Promise<void>>;
  settings: { baseUrl: string; sessionSecret: string; mailInboxUrl: string | null };
  now: () => number;
};
