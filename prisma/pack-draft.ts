import type { Day } from '../policy/calendar/day.ts';
import { isNoPack, lintText, type Placed } from '../policy/lint/lint-text.ts';
import { Pack } from '../policy/pack/pack.ts';
import { readPack } from '../policy/pack/read.ts';
import { Refusal } from '../policy/refusal.ts';
import type { Db } from './client.ts';
import { dayOf } from './day-column.ts';
import { basesOf, daysOver, isReplaced, type KeptPack, only, packInForce, thoseExtending, versionOf } from './packs.ts';

/**
 * A school's policy within the trust's that is looked at: null if it gets a new version, else why it stays as it is. Of a text that
 * does not fit there is no title but its id.
 */
export type Extending = { id: string; title: string; why: string | null };

/** A policy's text that is not kept yet, beside what is. */
export type Draft = {
  pack: Pack;
  version: string;
  /** True if this very version is kept already, and none has taken its place. */
  known: boolean;
  findings: Placed[];
  /** The version that is in force on the day, if there is one. */
  inForce: KeptPack | null;
  /** Another version of this policy that is kept and begins later than this one, the first of them. */
  later: Day | null;
  extending: Extending[];
  /** How many of the school's cases run under a version of it. */
  running: number;
};

/** What a text would be if it were kept, and what is kept of it on a day; or each thing for which it is no policy, at its place. */
export async function draftOf(
  db: Db,
  { text, fileName }: { text: string; fileName: string },
  { schoolId, on }: { schoolId: string; on: Day },
): Promise<Draft | { wrong: Placed[] }> {
  const bases = await basesOf(db, text, fileName, on);
  const found = bases.map((over) => lintText(text, fileName, only(over), Pack));
  const wrong = found.map((findings) => findings.filter(isNoPack)).find((findings) => findings.length > 0);
  if (wrong) return { wrong };
  const [base, ...coming] = bases;
  const [findings = []] = found;
  const pack = readPack(text, fileName, only(base));
  const id = pack.pack;
  const version = versionOf(text, base);
  const { inForceFrom: from } = daysOver(pack['in force'], base);
  const another = { gt: from, notIn: coming.map(({ inForceFrom }) => inForceFrom) };
  const later = await db.policyPack.findFirst({ where: { id, inForceFrom: another }, orderBy: { inForceFrom: 'asc' } });
  const kept = (await db.policyPack.count({ where: { id, version } })) > 0;
  return {
    ...{ pack, version, findings, later: later && dayOf(later.inForceFrom) },
    known: kept && !(await isReplaced(db, { id, version, inForceFrom: from })),
    inForce: await packInForce(db, id, on),
    extending: fitting(await thoseExtending(db, { id, inForceFrom: from }), { id, text }),
    running: await db.attendanceCase.count({ where: { schoolId, packId: id, status: 'open' } }),
  };
}

/** What the schools' texts over a trust's new one come to: each policy once, by the worst of its versions. */
function fitting(texts: readonly { id: string; text: string }[], trust: { id: string; text: string }): Extending[] {
  const found = new Map<string, Extending>();
  for (const { id, text } of texts) {
    const before = found.get(id);
    found.set(id, before?.why ? before : fits(id, () => readPack(text, id, only(trust))));
  }
  return [...found.values()];
}

function fits(id: string, read: () => Pack): Extending {
  try {
    return { id, title: read().title, why: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { id, title: id, why: error.message };
  }
}
