import { openCases } from '../activities/matter/open-cases.ts';
import type { ImportDeps } from '../activities/register/import-result.ts';

/** How an import opens cases: by the school's policy, in the import's own transaction. */
export const casesOpener =
  (now: () => number = Date.now): ImportDeps['openCases'] =>
  (tx, opening) =>
    openCases(tx, now(), opening);
