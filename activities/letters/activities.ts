import { ApplicationFailure, Context } from '@temporalio/activity';
import { CalendarEnds } from '../../policy/calendar/school-calendar.ts';
import type { LetterAnswer, LetterNews, LetterOutcome } from '../../policy/case/input.ts';
import { canOnlyBeStopped } from '../../policy/case/only-stopped.ts';
import { MissingField } from '../../policy/letters/fields.ts';
import { newsKey } from '../../policy/letters/news-key.ts';
import type { TemplateId } from '../../policy/letters/templates.ts';
import type { Role } from '../../policy/people/roles.ts';
import type { Db } from '../../prisma/client.ts';
import {
  answerQuestion,
  claimAttempt,
  keepForms,
  type LetterRow,
  type LetterStatus,
  leaveWord,
  letterById,
  moveLetter,
} from '../../prisma/letters.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { MatterActivities } from '../matter/activities.ts';
import { whileBeating } from '../while-beating.ts';
import { attemptToSend, messageOf, type Sending } from './attempt.ts';
import { formsOf } from './forms.ts';
import { inTurn } from './in-turn.ts';
import { whyStopped } from './may-go.ts';
import { whyQuestioned } from './may-stand.ts';
import { movedUnder, timeMovedUnder, writtenAnew } from './write-anew.ts';

export type LetterActivities = ReturnType<typeof letterActivities>;

type Letter = { letterId: string };
type Ended = { outcome: LetterOutcome };
/** Runs of before this had no `key`: then it has come about once. */
type News = Omit<LetterNews, 'kind'> & { key?: string };
type Answer = Letter & { how: LetterAnswer; by: string; role: Role; textId: string; seen?: string; back: 'waiting' | 'to-print' };
type Running = Pick<Context, 'heartbeat' | 'cancellationSignal'>;
type Deps = Sending & {
  advance: MatterActivities['advance'];
  /** The engine's side of the activity that runs now. */
  running?: () => Running;
};

/** Where a letter is before it leaves. */
const notLeft = ['waiting', 'questioned'] as const satisfies readonly LetterStatus[];

/** Everything a letter's workflow does to the world. Each finds what an earlier try of it has done. */
export const letterActivities = ({ advance, running = () => Context.current(), ...sending }: Deps) => {
  const { db, now } = sending;
  const tell = async (news: News): Promise<void> => {
    const { matterId, caseId } = await letterById(db, news.letterId);
    const kind = matterId === caseId ? 'case' : 'referral';
    const input = { key: newsKey(news.letterId, news.outcome), kind: 'letter outcome', ...news } as const;
    await advance({ kind, matterId, input });
  };

  return {
    /** Writes the letter's three forms once, from the fields it was approved with. Stops it if its reader may not have it. */
    async prepareLetter({ letterId }: Letter): Promise<{ matterId: string; stopped: boolean }> {
      const letter = await letterById(db, letterId);
      const { matterId } = letter;
      if (letter.pdf !== null || !(notLeft as readonly string[]).includes(letter.status))
        return { matterId, stopped: letter.status === 'stopped' };
      const why = (await whyStopped(db, letter, now())) ?? (await write(db, letter));
      if (why === null) return { matterId, stopped: false };
      return { matterId, stopped: (await moveLetter(db, letterId, notLeft, { status: 'stopped', why })) === 'stopped' };
    },

    /**
     * Sends the letter once, or puts it in the print queue. What nobody can know is unknown, and goes to a person; so does
     * what has lost its ground since it was approved, before it is sent.
     * @throws ApplicationFailure 'TryLater', to be tried again, only when it is certain that nothing was sent.
     */
    async sendLetter({ letterId }: Letter): Promise<Ended> {
      const letter = await letterById(db, letterId);
      const may: readonly LetterStatus[] = [...notLeft, 'sending'];
      if (!may.includes(letter.status as LetterStatus)) return ended(letter.status as LetterStatus);
      const leave = (status: LetterStatus, why: string | null) => moveLetter(db, letterId, may, { status, why });
      if (letter.attempts.every(({ outcome }) => outcome !== null)) {
        const why = await whyStopped(db, letter, now());
        if (why !== null) return ended(await leave('stopped', why));
        const gone = await whyQuestioned(db, letter, now());
        if (gone !== null) return ended(await leave('questioned', gone));
        if (letter.status === 'questioned') await moveLetter(db, letterId, ['questioned'], { status: 'waiting', why: null });
      }
      if (letter.channel === 'post') return ended(await leave('to-print', null));
      const message = await messageOf(sending, letter);
      const claim = await claimAttempt(db, letterId, new Date(now()));
      if ('stands' in claim) return ended(claim.stands);
      if ('unfinished' in claim) return ended(await leave('unknown', 'The attempt to send was cut off before its end was known'));
      const engine = running();
      const status = await whileBeating(
        engine,
        attemptToSend(sending, { letter, message, number: claim.claimed }, engine.cancellationSignal),
      );
      if (status === 'sending') throw ApplicationFailure.retryable('The mail server asks to try later', 'TryLater');
      return ended(status);
    },

    /** Notes that a person called the letter back, or took it out of the print queue. Says where it stands, whoever was first. */
    async recallLetter({ letterId, by, textId }: Letter & { by: string; textId: string }): Promise<Ended> {
      const why = await wordsOf(db, textId);
      return ended(await moveLetter(db, letterId, [...notLeft, 'to-print'], { status: 'recalled', why, by }));
    },

    /**
     * Takes a person's word on a letter that is held. One that goes is written anew first, if its figures have moved
     * or the time that it names has begun.
     * False if it is not, or no longer, asked about, its case is closed and nobody does what it tells of, its figures are others
     * than those that the person saw, or the terms are not known in which its time would be.
     */
    async answerLetter({ letterId, how, by, role, textId, seen, back }: Answer): Promise<boolean> {
      const letter = await letterById(db, letterId);
      const goes = how === 'send' && letter.status === 'questioned';
      if (goes && canOnlyBeStopped(letter.template, letter.case.status)) return false;
      const moved = goes ? await movedUnder(db, letter, now()) : null;
      if (moved && (moved.seen !== seen || letter.template === 'correction')) return false;
      const monitors = goes ? await timeKnown(db, letter, now()) : undefined;
      if (monitors === 'not known') return false;
      const is = moved?.is ?? null;
      const anew =
        is || monitors !== undefined ? { said: is, monitors, row: await writtenAnew(db, letter, { is, monitors }, now()) } : null;
      return answerQuestion(db, letterId, { how, by: { id: by, role }, textId, back, anew }, await wordsOf(db, textId));
    },

    /** Notes that a person posted it, or found out what became of it. Says where the letter stands, whoever was first. */
    async settleLetter({ letterId, how, by }: Letter & { how: 'posted' | 'sent' | 'refused'; by: string }): Promise<Ended> {
      const { case: matter } = await letterById(db, letterId);
      const posted = { at: new Date(now()), on: todayAt(matter.school, now()) };
      const reached = { status: how, why: null, by, ...(how === 'posted' ? posted : {}) };
      return ended(await moveLetter(db, letterId, how === 'posted' ? ['to-print', 'questioned'] : ['unknown'], reached));
    },

    /** Leaves word of what became of a letter for its matter, whether or not that still runs. */
    leaveWord: (news: LetterNews & { key: string }): Promise<void> => leaveWord(db, news),

    /** Tells a matter what became of its letter, although its workflow does not run. */
    tellMatter: tell,

    /** Tells a matter that is closed. A pupil's next case may run under the same id, so its workflow is not asked. */
    async tellClosedMatter(news: News): Promise<boolean> {
      const { matterId: id } = await letterById(db, news.letterId);
      const closed = { where: { id, status: 'closed' } };
      if ((await db.attendanceCase.count(closed)) + (await db.referral.count(closed)) === 0) return false;
      await tell(news);
      return true;
    },
  };
};

async function timeKnown(...asking: Parameters<typeof timeMovedUnder>) {
  try {
    return await timeMovedUnder(...asking);
  } catch (error) {
    if (error instanceof CalendarEnds) return 'not known';
    throw error;
  }
}

/** Renders a letter and keeps it. Says why not, if it lacks something it must say. */
async function write(db: Db, { id, template, fields }: LetterRow): Promise<string | null> {
  try {
    const { enclosures, ...forms } = await inTurn(() => formsOf(template as TemplateId, fields));
    await keepForms(db, id, forms, enclosures);
    return null;
  } catch (error) {
    if (error instanceof MissingField) return error.message;
    throw error;
  }
}

async function wordsOf(db: Db, textId: string): Promise<string | null> {
  const text = await db.writtenText.findUnique({ where: { id: textId } });
  return (text?.body as { text?: string } | undefined)?.text ?? null;
}

function ended(status: LetterStatus): Ended {
  if (status === 'waiting' || status === 'sending') throw new Error(`The letter has not ended: it is ${status}`);
  return { outcome: status };
}
