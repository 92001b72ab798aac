import type { Pool } from 'pg';
import type { Day } from '../../policy/calendar/day.ts';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import type { FileHow } from '../../policy/register/file-how.ts';
import type { Db, Tx } from '../../prisma/client.ts';
import type { Problem, RawRow } from './raw-row.ts';

/** Opens the cases that policy calls for among these pupils, or takes closed ones up again, in the caller's transaction. Returns their ids. */
export type OpenCases = (
  tx: Tx,
  opening: { schoolId: string; pupilIds: readonly string[]; besideOnly?: readonly string[]; on: Day; importKey: string },
) => Promise<{ opened: readonly string[]; takenUp: readonly string[] }>;

export type ImportDeps = {
  db: Db;
  /** For COPY and for the lock that lets a school import one file at a time. */
  pool: Pool;
  openCases: OpenCases;
  /** Epoch ms. */
  now?: () => number;
  /** True once this process is to end: what that cuts off is not refused, as the next one takes it up. */
  ending?: () => boolean;
  /** How long to wait for another import of the same school before giving up, in ms. */
  lockWaitMs?: number;
};

/** Whose register a change is for, and on which of its days: `on` is the school's date. */
export type SchoolOnDay = { schoolId: string; on: Day };

/** What is to be imported. `sha256` is asked for once all rows are read. */
export type ImportOrder = SchoolOnDay & {
  /** Names the import, for who may want to cancel it. */
  importId?: string;
  rows: AsyncIterable<RawRow> | Iterable<RawRow>;
  /** Reads the same rows from the first again; none if they can be had only once. */
  again?: () => AsyncIterable<RawRow>;
  fileName: string;
  sha256: string | (() => string);
  by: string | null;
  /** How it came, where no user brought it: the command, or the folder. */
  via?: string | undefined;
  /** Why marks are corrected, where the file gives no reason. */
  reason?: string | undefined;
  /** How the rows were read, once they are: kept with an import that somebody looks at. Null if that is not known. */
  how?: () => FileHow | null;
  /** Told now and then how many rows were read. Reading stops with what it throws. */
  onProgress?: (progress: { rows: number }) => void | Promise<void>;
};

export type Counts = Record<'rows' | 'added' | 'changed' | 'unchanged' | 'casesOpened' | 'casesTakenUp' | 'casesTold', number>;

/** What became of an import: all of it is in the register, or none. `says` is for people. */
export type ImportResult = Counts & {
  importId: string;
  kind: ImportKind;
  status: 'done' | 'refused';
  problems: Problem[];
  says: string;
};
