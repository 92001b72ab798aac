import { randomUUID } from 'node:crypto';
import { shortDay } from '../../policy/calendar/day.ts';
import type { Ctx, View } from '../web/route.ts';
import { letterFacts } from './facts.ts';
import { office } from './reach.ts';

/** Everything the letter's page prints: the letter, where it is, what may be done to it, and the proof. */
export async function letterView(ctx: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<View> {
  const { caseId, title, to, says, status, approvedOn, pdfSha256, written, attempts } = await letterFacts(ctx, id);
  return {
    template: 'letters/letter.njk',
    model: {
      ...{ title, to, status: says, state: status, sha256: pdfSha256, hasPdf: written },
      href: `/letters/${id}`,
      caseHref: ctx.user.schoolId ? `/cases/${caseId}` : null,
      mayAct: office.some((role) => role === ctx.user.role),
      approvedOn: shortDay(approvedOn),
      attempts: attempts.map(({ number, startedAt, outcome, detail }) => ({
        ...{ number, at: startedAt, outcome: outcome ?? 'not known', detail: detail ?? '' },
      })),
      decisionKey: randomUUID(),
    },
  };
}
