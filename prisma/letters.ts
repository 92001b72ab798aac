import type { Day } from '../policy/calendar/day.ts';
import type { By, LetterAnswer, LetterNews } from '../policy/case/input.ts';
import type { MonitoringDates } from '../policy/case/move.ts';
import type { PrintedFigures } from '../policy/case/printed-figures.ts';
import type { Approved } from '../policy/letters/may-go.ts';
import { newsKey } from '../policy/letters/news-key.ts';
import type { Db, Tx } from './client.ts';
import { columnOrNull } from './day-column.ts';

export type LetterStatus =
  | 'waiting'
  | 'questioned'
  | 'sending'
  | 'recalled'
  | 'stopped'
  | 'sent'
  | 'refused'
  | 'unknown'
  | 'bounced'
  | 'to-print'
  | 'posted';

/** A letter with its attempts, oldest first, and the school it is from. */
export const letterById = (db: Db | Tx, id: string) =>
  db.letter.findUniqueOrThrow({
    where: { id },
    include: { attempts: { orderBy: { number: 'asc' } }, case: { include: { school: true } } },
  });
export type LetterRow = Awaited<ReturnType<typeof letterById>>;

/** A letter as the rules look at it once more before it goes. */
export const approvedAs = ({ channel, toAddress, fields }: Pick<LetterRow, 'channel' | 'toAddress' | 'fields'>): Approved => ({
  ...{ channel, toAddress },
  address: (fields as { recipient: { address: string[] } }).recipient.address,
});

type Pdf = Uint8Array<ArrayBuffer>;
type Forms = { subject: string; text: string; html: string; pdf: Pdf; pdfSha256: string };
type Enclosed = { kind: string; title: string; pdf: Pdf; sha256: string };

/** Keeps what the letter says, exactly, with what goes with it. What was kept before is never written over. */
export const keepForms = (db: Db, id: string, forms: Forms, enclosures: readonly Enclosed[]): Promise<void> =>
  db.$transaction(async (tx) => {
    const { count } = await tx.letter.updateMany({ where: { id, pdf: null }, data: forms });
    if (count === 0 || enclosures.length === 0) return;
    await tx.enclosure.createMany({ data: await unknownOf(tx, enclosures), skipDuplicates: true });
    await tx.letterEnclosure.createMany({
      data: enclosures.map(({ sha256 }, i) => ({ letterId: id, number: i + 1, sha256 })),
    });
  });

/** Those that no letter had before: the file of a leaflet is sent to the database once, not with every letter. */
async function unknownOf(tx: Tx, enclosures: readonly Enclosed[]): Promise<Enclosed[]> {
  const where = { sha256: { in: enclosures.map(({ sha256 }) => sha256) } };
  const known = await tx.enclosure.findMany({ where, select: { sha256: true } });
  return enclosures.filter(({ sha256 }) => !known.some((one) => one.sha256 === sha256));
}

/** What goes with a letter, in its order. */
export const enclosuresWith = async (db: Db, letterId: string) => {
  const rows = await db.letterEnclosure.findMany({
    where: { letterId },
    orderBy: { number: 'asc' },
    include: { enclosure: true },
  });
  return rows.map(({ enclosure }) => enclosure);
};

/** Where a letter got to, why, and (for what left or may have left) when: an instant and the school's date. */
export type Reached = { status: LetterStatus; why: string | null; at?: Date; on?: Day; by?: string };

/**
 * Moves a letter on, if it still stands where one of `from` says.
 * @returns where it stands now, whoever moved it.
 */
export async function moveLetter(
  db: Db | Tx,
  id: string,
  from: readonly LetterStatus[],
  { status, why, at, on, by }: Reached,
): Promise<LetterStatus> {
  const when = { ...(at && { sentAt: at }), ...(on && { sentOn: columnOrNull(on) }), ...(by && { postedBy: by }) };
  const { count } = await db.letter.updateMany({
    where: { id, status: { in: [...from] } },
    data: { status, statusWhy: why, ...when },
  });
  if (count > 0) return status;
  const now = await db.letter.findUniqueOrThrow({ where: { id }, select: { status: true } });
  return now.status as LetterStatus;
}

/**
 * Notes that a letter that had gone came back, and leaves word of it, and of who says so, for its matter: both or neither, and once.
 * @returns false if it has not gone, or is known to have come back.
 */
export const letterCameBack = (db: Db, id: string, why: string, said: { by: By; textId: string }): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const gone = { id, status: { in: ['sent', 'posted'] } };
    const { count } = await tx.letter.updateMany({ where: gone, data: { status: 'bounced', statusWhy: why } });
    if (count === 0) return false;
    await leaveWord(tx, { key: newsKey(id, 'bounced'), kind: 'letter outcome', letterId: id, outcome: 'bounced', ...said });
    return true;
  });

/** Leaves word in the outbox, for its matter, of what became of a letter. The key makes the same again harmless. */
export async function leaveWord(db: Db | Tx, input: LetterNews & { key: string }): Promise<void> {
  const { matterId, caseId, schoolId } = await db.letter.findUniqueOrThrow({
    where: { id: input.letterId },
    select: { matterId: true, caseId: true, schoolId: true },
  });
  const matterKind = matterId === caseId ? 'case' : 'referral';
  await db.outbox.createMany({ data: [{ schoolId, matterId, matterKind, kind: 'tell', input }] });
}

export type Answered = {
  how: LetterAnswer;
  by: By;
  textId: string;
  /** Where it goes on from: the print queue, if it was questioned there. */
  back: 'waiting' | 'to-print';
  /** What it says from now on, if it goes with other figures, or another time of monitoring, than it was approved with. */
  anew: {
    said: PrintedFigures | null;
    monitors: MonitoringDates | null | undefined;
    row: Omit<Forms, 'enclosures'> & { fields: object };
  } | null;
};

/**
 * Lets a held letter go, as it was or written anew, or stops it, and leaves word of it for its case: both or neither, and once.
 * @returns false if it is not, or no longer, asked about.
 */
export const answerQuestion = (
  db: Db,
  id: string,
  { how, by, textId, back, anew }: Answered,
  why: string | null,
): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const to =
      how === 'send'
        ? { status: back, statusWhy: null, confirmedBy: by.id, ...anew?.row }
        : { status: 'stopped', statusWhy: why };
    const { count } = await tx.letter.updateMany({ where: { id, status: 'questioned' }, data: to });
    // It may be held again after it was answered: each answer is one of its own.
    const key = `letter:${id}:answered:${textId}`;
    const { caseId: matterId, schoolId } = await tx.letter.findUniqueOrThrow({ where: { id } });
    if (count === 0) return (await tx.outbox.count({ where: { matterId, input: { path: ['key'], equals: key } } })) > 0;
    const says = {
      ...(anew?.said && { said: anew.said }),
      ...(anew && anew.monitors !== undefined && { monitors: anew.monitors }),
    };
    const input = { key, kind: 'letter answered', by, letterId: id, how, back, textId, ...says };
    await tx.outbox.create({ data: { schoolId, matterId, matterKind: 'case', kind: 'tell', input } });
    return true;
  });

/** Holds a letter that has not left until a person says whether it goes. `again` if the case knows that somebody has said so before. */
export const questionLetter = (tx: Tx, id: string, why: string, again: boolean) =>
  tx.letter.updateMany({
    where: { id, status: { in: ['waiting', 'to-print'] }, ...(again ? {} : { confirmedBy: null }) },
    data: { status: 'questioned', statusWhy: why },
  });

export type Claim = { claimed: number } | { unfinished: number } | { stands: LetterStatus };

/**
 * Claims the next attempt to send, before anything is sent, if the letter still may: it may have been questioned just now. The letter's row is locked meanwhile, so of two that try at once
 * one claims, and the other finds an attempt whose end nobody has written.
 */
export const claimAttempt = (db: Db, letterId: string, at: Date): Promise<Claim> =>
  db.$transaction(async (tx) => {
    const stands = await moveLetter(tx, letterId, ['waiting', 'sending'], { status: 'sending', why: null });
    if (stands !== 'sending') return { stands };
    const attempts = await tx.letterAttempt.findMany({ where: { letterId }, orderBy: { number: 'asc' } });
    const unfinished = attempts.find(({ outcome }) => outcome === null);
    if (unfinished) return { unfinished: unfinished.number };
    const number = attempts.length + 1;
    await tx.letterAttempt.create({ data: { letterId, number, startedAt: at } });
    return { claimed: number };
  });

type Ended = { outcome: string; detail: string; at: Date };

/** Writes how an attempt ended and where that leaves its letter, both or neither. Again is harmless. */
export const endAttempt = (db: Db, letterId: string, number: number, { outcome, detail, at }: Ended, reached: Reached) =>
  db.$transaction(async (tx) => {
    const where = { letterId_number: { letterId, number } };
    await tx.letterAttempt.update({ where, data: { outcome, detail, finishedAt: at } });
    return moveLetter(tx, letterId, ['sending'], reached);
  });
