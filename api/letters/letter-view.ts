import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import { enclosures } from '../../policy/pack/enclosures.ts';
import { Refusal } from '../../policy/refusal.ts';
import { namesOf } from '../../prisma/cases.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { letterFor } from '../../prisma/letter-lists.ts';
import { packOf } from '../../prisma/packs.ts';
import { letterTitles } from '../inbox/words.ts';
import type { Ctx, View } from '../web/route.ts';
import { instant, letterStatus, readerOf } from './words.ts';

/** Who may recall a letter, post it, or say what became of it. */
export const office = ['sal', 'attendance-officer', 'headteacher', 'admin'] as const;

/**
 * The letter that an address names.
 * @throws Refusal('NotFound') if there is none within reach.
 */
export async function letterAt({ deps, user }: Pick<Ctx, 'deps' | 'user'>, id: string) {
  const letter = await letterFor(deps.db, user, id);
  if (!letter) throw new Refusal('NotFound', 'There is no such letter within your reach');
  return letter;
}

/** Everything the page of one letter prints: where it is, what a person can do about it, and its proof. */
export async function letterView(
  ctx: Pick<Ctx, 'deps' | 'user'>,
  id: string,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const letter = await letterAt(ctx, id);
  const approver = (await namesOf(ctx.deps.db, [letter.approvedBy])).get(letter.approvedBy);
  return {
    template: 'letters/letter.njk',
    model: {
      href: `/letters/${id}`,
      ...wayBack(ctx, letter),
      title: letterTitles[letter.template] ?? letter.template,
      to: readerOf(letter),
      about: (letter.fields as { pupil: { name: string } }).pupil.name,
      status: letterStatus(letter),
      state: letter.status,
      enclose: enclosures(await packOf(ctx.deps.db, letter.case.packId, letter.case.packVersion), letter.template),
      mayAct: (office as readonly string[]).includes(ctx.user.role),
      hasPdf: letter.pdf !== null,
      proof: [
        ['Approved', `${longDay(dayOf(letter.approvedOn))}${approver ? `, by ${approver.name}` : ''}`],
        ...letter.attempts.map(({ number, startedAt, outcome, detail }) => [
          `Attempt ${number}`,
          `${instant(startedAt)}: ${tried[outcome ?? ''] ?? 'how it ended is not known'}${detail ? `. ${detail}` : ''}`,
        ]),
        ...(letter.pdfSha256 ? [['Fingerprint of the PDF (SHA-256)', letter.pdfSha256]] : []),
      ],
      typed,
      decisionKey: typed.decisionKey ?? randomUUID(),
    },
  };
}

function wayBack({ user }: Pick<Ctx, 'user'>, { caseId, matterId }: { caseId: string; matterId: string }) {
  if (matterId !== caseId && user.role !== 'admin') return { backHref: `/referrals/${matterId}`, backText: 'The referral' };
  return user.schoolId
    ? { backHref: `/cases/${caseId}`, backText: 'The case' }
    : { backHref: '/referrals', backText: 'Referrals' };
}

const tried: Record<string, string> = {
  sent: 'the mail server took it',
  refused: 'the mail server refused it',
  retry: 'the mail server asked to try later',
  unknown: 'whether the mail server took it is not known',
};
