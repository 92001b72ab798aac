import type { Logger } from 'pino';
import type { CalendarChange, FileMode } from '../policy/calendar/calendar-change.ts';
import type { FiguresMoved } from '../policy/case/figures-moved.ts';
import type { CaseInput } from '../policy/case/input.ts';
import type { MonitoringDates } from '../policy/case/move.ts';
import type { MoveTried } from '../policy/case/move-policy.ts';
import type { Preview } from '../policy/letters/printed.ts';
import type { PolicyPaper } from '../policy/pack/policy-paper.ts';
import type { Role } from '../policy/people/roles.ts';
import type { MarkCorrection, Settling } from '../policy/register/correction.ts';
import type { ImportKind } from '../policy/register/csv-forms.ts';
import type { Db } from '../prisma/client.ts';
import type { Settled } from '../workflows/letter-messages.ts';
import type { MatterInput, MatterKind, Outcome } from '../workflows/messages.ts';

export type Said = { kind: MatterKind; matterId: string; input: MatterInput };

/** How the API speaks to cases and referrals. It refuses with a Refusal: what the rules said, or Unavailable if no worker answers. */
export type Matters = {
  decide(said: Said): Promise<Outcome>;
  recallLetter(asked: { letterId: string; by: string; role: Role; textId: string }): Promise<void>;
  settleLetter(asked: { letterId: string } & Settled): Promise<void>;
  walkClock(asked: { schoolId: string; stepId: string }): Promise<void>;
};

/**
 * `mapping` names how the file is laid out, where it is not our own form or, for a look, to be guessed. `reason` is why it corrects
 * marks, where its rows give none.
 */
export type ImportAsked = {
  kind: ImportKind;
  schoolId: string;
  fileName: string;
  by: string;
  path: string;
  mapping?: string | undefined;
  reason?: string | undefined;
};

/** A way in which other systems lay out their files. */
export type Layout = { mapping: string; title: string; kind: ImportKind };

/** What came of an import; `done` is false if nothing was taken in. */
export type ImportDone = { id: string; says: string; done: boolean };

/** How many marks say something else now, and to how many cases that mattered. */
export type RegisterChanged = Record<'changed' | 'casesOpened' | 'casesTakenUp' | 'casesTold', number>;

/** What is wrong with a calendar file, and where. */
export type CalendarFileProblem = { at: string; column: string; value: string; cure: string };

type CalendarAsked = { schoolId: string; reason: string; by: string };

/** How the API changes a school's calendar: first a change is kept to be looked at, then a person makes it. */
export type CalendarChanges = {
  show(asked: CalendarAsked & { change: CalendarChange }): Promise<string>;
  showFile(
    asked: CalendarAsked & { path: string; fileName: string; mode: FileMode },
  ): Promise<{ changeId: string } | { problems: CalendarFileProblem[] }>;
  make(asked: { schoolId: string; changeId: string; version: string; by: string }): Promise<{ told: number }>;
};

/** What the API needs of the outside, put together by bin. */
export type Deps = {
  db: Db;
  log: Logger;
  matters: Matters;
  /** What a decision would send, without deciding anything. `words` is what was written with it. */
  preview: (asked: Said & { words: string | null }) => Promise<Preview>;
  /** How the register has moved under what a letter that has not left says; null if it has not. */
  movedUnder: (letterId: string) => Promise<FiguresMoved | null>;
  /**
   * The time of monitoring that a held letter would tell of, if it goes today; undefined if what it says may stand.
   * @throws Refusal('NotAllowed') if the next terms are not known.
   */
  timeMovedUnder: (letterId: string) => Promise<MonitoringDates | null | undefined>;
  /** What would become of a case under another version of its policy, without moving it. */
  tryMove: (asked: Said) => Promise<MoveTried>;
  /** Opens a closed case again; its workflow starts behind it. */
  reopenCase: (asked: { matterId: string; input: Extract<CaseInput, { kind: 'reopen' }> }) => Promise<Outcome>;
  /** Opens a case for a concern; its workflow starts behind it. */
  openForConcern: (asked: {
    pupilId: string;
    input: Extract<CaseInput, { kind: 'concern' }>;
  }) => Promise<{ caseId: string; outcome: Outcome }>;
  /** A policy in words and as a drawing, as an accessible PDF. */
  policyPdf: (paper: PolicyPaper) => Uint8Array;
  layouts: readonly Layout[];
  /** Answers when it has ended. `key` names the asking: again under the same key it is the same import, unless that came to nothing. */
  importFile: (asked: ImportAsked & { key: string }) => Promise<ImportDone>;
  /** Begins to look at what a file would do. Answers when that is known, or soon: the import's row says how far it is. */
  lookAtFile: (asked: ImportAsked) => Promise<{ id: string }>;
  /** Takes what somebody has looked at, as they saw it, and says what that did. */
  takeImport: (asked: {
    schoolId: string;
    importId: string;
    seen: string;
    leaveOutRejected: boolean;
    by: string;
    reason?: string | undefined;
  }) => Promise<string>;
  cancelImport: (asked: { schoolId: string; importId: string }) => Promise<void>;
  /** Corrects one mark as an import of one would. */
  correctMark: (asked: MarkCorrection) => Promise<RegisterChanged>;
  /** Makes absences O whose reason nobody found in time, of those named. */
  settleUnexplained: (asked: Settling) => Promise<RegisterChanged>;
  calendar: CalendarChanges;
  /** Tells whoever runs simulations that one waits. */
  simulate: () => void;
  /** Tells whoever proves policies that one waits. */
  prove: () => void;
  checks: Record<string, () => Promise<void>>;
  settings: { baseUrl: string; sessionSecret: string; mailInboxUrl: string | null };
  now: () => number;
};
