import { z } from 'zod';
import { letterTitles } from '../../policy/case/action-words.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { isSame } from '../../policy/register/fraction.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import type { LetterSummary } from '../../prisma/letter-lists.ts';
import type { LetterStatus } from '../../prisma/letters.ts';
import { dataChanged, letterStatus } from './words.ts';

/** Where a letter can be. */
export const LetterStatusName = z
  .enum([
    'waiting',
    'questioned',
    'sending',
    'sent',
    'to-print',
    'posted',
    'unknown',
    'refused',
    'bounced',
    'stopped',
    'recalled',
  ])
  .meta({ id: 'LetterStatus' }) satisfies z.ZodType<LetterStatus>;

/** A letter in a list. */
export const LetterRow = z
  .object({
    id: z.uuid(),
    caseId: z.uuid(),
    template: z.string(),
    title: z.string(),
    to: z.string().describe('The recipient’s name'),
    pupil: z.string().describe('The pupil’s name, as the letter has it'),
    status: LetterStatusName,
    says: z.string().describe('Where it is, in a few words'),
    channel: z.enum(['email', 'post']),
    approvedOn: z.iso.date(),
    releaseAt: z.iso.datetime().describe('Until then it can be recalled'),
    sentOn: z.iso.date().nullable(),
    changed: z
      .string()
      .nullable()
      .describe('What it said and what the register says now of the same sessions, if that has changed since it went'),
  })
  .meta({ id: 'LetterRow' });
export type LetterRow = z.infer<typeof LetterRow>;

/** What a list says of letters at an instant (epoch ms). */
export const letterRow =
  (at: number) =>
  (letter: LetterSummary): LetterRow => {
    const { recipient, pupil } = letter.fields as { recipient: { name: string }; pupil: { name: string } };
    const { id, caseId, template } = letter;
    return {
      ...{ id, caseId, template, to: recipient.name, pupil: pupil.name },
      status: letter.status as LetterStatus,
      channel: letter.channel as LetterRow['channel'],
      title: letterTitles[template] ?? template,
      says: letterStatus(letter, at),
      approvedOn: dayOf(letter.approvedOn),
      releaseAt: letter.releaseAt.toISOString(),
      sentOn: dayOrNull(letter.sentOn),
      changed: changedSince(letter),
    };
  };

/** What became of the figures of a letter that has gone, as its case noted it. */
function changedSince({ id, case: { state } }: LetterSummary): string | null {
  const { relied, now } = (state as Partial<CaseState>).letters?.[id] ?? {};
  if (!relied || !now || isSame(relied.attendance, now)) return null;
  return `The data has changed since: it ${dataChanged({ was: relied.attendance, is: now })}`;
}

/** The letter as a list of a page prints it. */
export const letterLink = ({ id, title, to, says, changed }: LetterRow) => ({
  ...{ href: `/letters/${id}`, title, to, changed },
  status: says,
});
