import type { PoolClient } from 'pg';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import type { Tx } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { StagedCells } from '../../prisma/staged-rows.ts';
import type { ImportDeps, ImportOrder, SchoolOnDay } from './import-result.ts';
import type { Wrong } from './raw-row.ts';
import type { Staging } from './stage-rows.ts';

/**
 * What is wrong with a staged row, seen beside the others or beside the register. `with` are all rows that it cannot stand
 * beside, itself included: nobody knows which of them is right.
 */
export type Found = { row: number; with: readonly number[] } & Wrong;

export type Merging = {
  tx: Tx;
  deps: ImportDeps;
  order: SchoolOnDay;
  importId: string;
  /** Told which rows change what, where somebody is to see it: see keepChanges. */
  onChanges?: (rows: Prisma.Sql) => Promise<void>;
};

/** What a merge did to the register: rows that were new or said something else, and the cases it mattered to, by their ids. */
export type Merged = {
  added: number;
  changed: number;
  opened: readonly string[];
  /** Closed cases that were taken up again. */
  takenUp?: readonly string[];
  told: readonly string[];
  /** Closed cases and open referrals that are told besides. */
  closed?: readonly string[];
  referrals?: readonly string[];
};

/** One kind of import: how its rows are staged, what is looked for among all of them, and how they become the register. */
export type Importer<Row = unknown> = {
  kind: ImportKind;
  table: 'staged_mark' | 'staged_row';
  staging(importId: string): Staging<Row>;
  /** What is wrong between rows, or between a row and the register. */
  problems(tx: Tx, importId: string): Promise<Found[]>;
  /** What has become wrong with rows since they were staged, as the register changed meanwhile. */
  outdated(tx: Tx, importId: string): Promise<Found[]>;
  /** These staged rows, in the cells of their form. */
  cells(tx: Tx, importId: string, ns: readonly number[]): Promise<StagedCells[]>;
  merge(merging: Merging): Promise<Merged>;
  /** Takes rows into the register without staging them. None: rows of this kind are always staged. */
  straight?: Straight;
};

/**
 * Takes all rows of a file into the register as they are read, if each is right and new.
 * @throws NotStraight
 */
export type Straight = (merging: Merging & { order: ImportOrder }) => Promise<Merged & { rows: number; good: number }>;

/** Some of the rows are wrong, or not new: they have to be staged and looked at beside each other. */
export class NotStraight extends Error {}

/** Makes an importer ready for a school, with what its rows are looked up in; `client` holds the school's lock. */
export type Prepare<Row = unknown> = (client: PoolClient, order: SchoolOnDay) => Promise<Importer<Row>>;

export const importKey = (importId: string): string => `import:${importId}`;

/** Counts as an import tells them, of so many good rows among all that were read. */
export const countsOf = ({ added, changed, opened, takenUp = [], told }: Merged, read: { rows: number; good: number }) => ({
  ...{ rows: read.rows, added, changed, unchanged: read.good - added - changed },
  ...{ casesOpened: opened.length, casesTakenUp: takenUp.length, casesTold: told.length },
});

export const sha256Of = ({ sha256 }: Pick<ImportOrder, 'sha256'>): string => (typeof sha256 === 'string' ? sha256 : sha256());
