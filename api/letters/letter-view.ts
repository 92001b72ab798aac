import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import { leading } from '../../policy/case/decide.ts';
import { canOnlyBeStopped, onlyStopped } from '../../policy/case/only-stopped.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { adviceFor } from '../../policy/pack/clauses-in-words.ts';
import { packOf } from '../../prisma/packs.ts';
import { choice, text } from '../layout/fields.ts';
import { isReader } from '../referrals/reach.ts';
import type { Ctx, View } from '../web/route.ts';
import { type LetterFound, letterAt, letterFacts } from './facts.ts';
import { maySay } from './reach.ts';
import { instant } from './words.ts';

/** Everything the page of one letter prints: where it is, what a person can do about it, and its proof. */
export async function letterView(
  ctx: Pick<Ctx, 'deps' | 'user' | 'at'>,
  id: string,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const letter = await letterAt(ctx, id);
  const facts = await letterFacts(ctx, letter);
  return {
    template: 'letters/letter.njk',
    model: {
      href: `/letters/${id}`,
      ...wayBack(ctx, letter),
      ...{ title: facts.title, to: facts.to, about: facts.pupil, status: facts.says, state: facts.status, hasPdf: facts.written },
      changed: facts.changed,
      advice: adviceFor(await packOf(ctx.deps.db, letter.case.packId, letter.case.packVersion), 'letters'),
      correctionHref: ctx.user.schoolId === null ? null : correctionHref(letter),
      enclosures: facts.enclosures.map((one) => ({ ...one, href: `/letters/${id}/enclosures/${one.number}` })),
      mayAct: maySay(ctx.user.role, letter),
      stop: facts.stop,
      onlyStopped: canOnlyBeStopped(letter.template, letter.case.status) ? onlyStopped : null,
      maySendAnyway: leading.includes(ctx.user.role),
      answers: leading.includes(ctx.user.role) && mayGo(facts, letter) ? [stops, goes(facts)] : [stops],
      moved: facts.moved && movedRows(facts.moved),
      mayGo: mayGo(facts, letter),
      seen: facts.moved?.seen ?? '',
      byPost: facts.channel === 'post',
      proof: proofOf(facts),
      typed,
      decisionKey: typed.decisionKey ?? randomUUID(),
    },
  };
}

/** Where it is decided whether its reader has the right figures, while that waits. */
function correctionHref({ id, caseId, case: { state } }: Awaited<ReturnType<typeof letterAt>>): string | null {
  const { proposals = {} } = state as Partial<CaseState>;
  const found = Object.values(proposals).find(({ action }) => action.what === 'letter' && action.corrects?.letters.includes(id));
  return found ? `/proposals/${caseId}/${found.key}` : null;
}

const stops = choice('do not send', 'Do not send it', text('reason', 'Why should it not go?', 'It is kept in the record.'));
const goes = ({ moved }: Facts) =>
  choice(
    'send',
    moved ? 'Approve it again: it is written anew with the figures as they are now' : 'Send it all the same, as it was approved',
    text('sendReason', 'Why should it go?', 'It is kept in the record, with your name.'),
  );

/** A correction that became wrong is not written anew: the case proposes another. Nor goes what a closed case would not follow up. */
const mayGo = ({ moved, template }: Facts, { case: of }: Pick<LetterFound, 'case'>): boolean =>
  !(moved && template === 'correction') && !canOnlyBeStopped(template, of.status);

/** What the letter says beside what it would say: nothing else in it changes but its date. */
const movedRows = ({ said, is }: NonNullable<Facts['moved']>) =>
  (
    [
      ['Sessions attended', 'attended'],
      ['Possible sessions', 'possible'],
      ['Missed with leave or good reason', 'authorised'],
      ['Missed without leave or good reason', 'unauthorised'],
    ] as const
  ).map(([what, of]) => ({ what, said: said[of], is: is[of], moved: said[of] !== is[of] }));

type Facts = Awaited<ReturnType<typeof letterFacts>>;

const proofOf = ({ approvedOn, approvedBy, attempts, pdfSha256, enclosures }: Facts) => [
  ['Approved', `${longDay(approvedOn)}${approvedBy ? `, by ${approvedBy.name}` : ''}`],
  ...attempts.map(({ number, startedAt, outcome, detail }) => [
    `Attempt ${number}`,
    `${instant(new Date(startedAt))}: ${tried[outcome ?? ''] ?? 'how it ended is not known'}${detail ? `. ${detail}` : ''}`,
  ]),
  ...(pdfSha256 ? [['Fingerprint of the PDF (SHA-256)', pdfSha256]] : []),
  ...enclosures.map(({ kind, sha256 }) => [`Fingerprint of the ${kind} (SHA-256)`, sha256]),
];

function wayBack({ user }: Pick<Ctx, 'user'>, { caseId, matterId }: { caseId: string; matterId: string }) {
  if (matterId !== caseId && isReader(user.role)) return { backHref: `/referrals/${matterId}`, backText: 'The referral' };
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
