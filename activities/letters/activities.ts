import { createHash } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/activity';
import type { LetterOutcome } from '../../policy/case/input.ts';
import { isPlainMailbox, mayWriteTo } from '../../policy/letters/may-write.ts';
import type { TemplateId } from '../../policy/letters/templates.ts';
import type { Db } from '../../prisma/client.ts';
import { columnOf, dayOrNull } from '../../prisma/day-column.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Mailer } from '../mail/sender.ts';
import type { MatterActivities } from '../matter/activities.ts';
import { renderLetter } from './render.ts';

export type LetterActivities = ReturnType<typeof letterActivities>;

type Deps = { db: Db; mail: Mailer; mailFrom: string; now: () => number; advance: MatterActivities['advance'] };

const ended: readonly string[] = ['recalled', 'stopped', 'sent', 'refused', 'unknown', 'to-print', 'posted'];

/** Everything a letter's workflow does to the world. Each finds what an earlier try of it has done. */
export const letterActivities = ({ db, mail, mailFrom, now, advance }: Deps) => {
  const load = (id: string) =>
    db.letter.findUniqueOrThrow({ where: { id }, include: { attempts: true, case: { include: { school: true } } } });
  type Letter = Awaited<ReturnType<typeof load>>;

  /** Why this letter may not go to its recipient today, or null. Read afresh: an order may have come in since. */
  async function forbidden({ pupilId, contactId, channel, toAddress, case: { school } }: Letter): Promise<string | null> {
    const link = await db.pupilContact.findUnique({
      where: { pupilId_contactId: { pupilId, contactId } },
      include: { contact: true },
    });
    if (!link) return 'The person is no longer a contact of this pupil';
    const who = { ...link, restrictionFrom: dayOrNull(link.restrictionFrom), restrictionUntil: dayOrNull(link.restrictionUntil) };
    const answer = mayWriteTo(who, todayAt(school, now()));
    if (!answer.may) return answer.because;
    return channel === 'email' && link.contact.email !== toAddress
      ? 'The e-mail address changed since the letter was approved'
      : null;
  }

  async function finish(
    { id, case: { school } }: Letter,
    status: LetterOutcome,
    why: string | null,
  ): Promise<{ outcome: LetterOutcome }> {
    const sent = status === 'sent' ? { sentAt: new Date(now()), sentOn: columnOf(todayAt(school, now())) } : {};
    await db.letter.update({ where: { id }, data: { status, statusWhy: why, ...sent } });
    return { outcome: status };
  }

  /** One try to send. The row is written first: if we die before its outcome is known, the next try finds it unfinished. */
  async function attempt(letter: Letter): Promise<{ outcome: LetterOutcome }> {
    const number = letter.attempts.length + 1;
    await db.letterAttempt.create({ data: { letterId: letter.id, number, startedAt: new Date(now()) } });
    const { school } = letter.case;
    const fields = letter.fields as { ref: string; recipient: { name: string } };
    const { what, why } = await mail.send({
      training: school.training,
      messageId: letter.messageId,
      at: letter.releaseAt,
      from: { name: school.name, address: mailFrom },
      replyTo: school.email,
      to: { name: fields.recipient.name, address: letter.toAddress ?? '' },
      subject: letter.subject ?? '',
      text: letter.text ?? '',
      html: letter.html ?? '',
      pdf: letter.pdf && { fileName: `letter-${fields.ref}.pdf`, content: letter.pdf },
    });
    const where = { letterId_number: { letterId: letter.id, number } };
    await db.letterAttempt.update({ where, data: { outcome: what, detail: why, finishedAt: new Date(now()) } });
    if (what === 'retry') throw ApplicationFailure.retryable('The mail server asks to try later', 'TryLater');
    return finish(letter, what, what === 'sent' ? null : why);
  }

  return {
    /** Writes the letter's three forms once, from the fields it was approved with. Stops it if its reader may not have it. */
    async prepareLetter({ letterId }: { letterId: string }): Promise<{ matterId: string; stopped: boolean }> {
      const letter = await load(letterId);
      const { matterId } = letter;
      if (letter.status === 'stopped' || letter.pdf) return { matterId, stopped: letter.status === 'stopped' };
      const why = await forbidden(letter);
      if (why) {
        await finish(letter, 'stopped', why);
        return { matterId, stopped: true };
      }
      const { subject, text, html, pdf } = renderLetter(letter.template as TemplateId, letter.fields);
      const pdfSha256 = createHash('sha256').update(pdf).digest('hex');
      await db.letter.update({ where: { id: letterId }, data: { subject, text, html, pdf: Uint8Array.from(pdf), pdfSha256 } });
      return { matterId, stopped: false };
    },

    /** Sends the letter once, or puts it in the print queue. What nobody can know is unknown, and goes to a person. */
    async sendLetter({ letterId }: { letterId: string }): Promise<{ outcome: LetterOutcome }> {
      const letter = await load(letterId);
      if (ended.includes(letter.status)) return { outcome: letter.status as LetterOutcome };
      if (letter.attempts.some(({ outcome }) => outcome === null)) {
        return finish(letter, 'unknown', 'The attempt to send was cut off before the mail server answered');
      }
      const why = await forbidden(letter);
      if (why) return finish(letter, 'stopped', why);
      if (letter.channel === 'post') return finish(letter, 'to-print', null);
      if (!isPlainMailbox(letter.toAddress ?? '')) return finish(letter, 'refused', 'The address is not one plain mailbox');
      return attempt(letter);
    },

    /** Notes that a person called the letter back. */
    async recallLetter({ letterId, by, textId }: { letterId: string; by: string; textId: string }): Promise<void> {
      const text = await db.writtenText.findUnique({ where: { id: textId } });
      const reason = (text?.body as { text?: string } | undefined)?.text ?? null;
      await db.letter.updateMany({
        where: { id: letterId, status: 'waiting' },
        data: { status: 'recalled', statusWhy: reason, postedBy: by },
      });
    },

    /** Tells a case or referral whose workflow has ended what became of its letter. */
    async tellEndedMatter({ letterId, outcome }: { letterId: string; outcome: LetterOutcome }): Promise<void> {
      const { matterId, caseId } = await db.letter.findUniqueOrThrow({ where: { id: letterId } });
      const kind = matterId === caseId ? 'case' : 'referral';
      await advance({
        kind,
        matterId,
        input: { key: `letter:${letterId}:${outcome}`, kind: 'letter outcome', letterId, outcome },
      });
    },
  };
};
