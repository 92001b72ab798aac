import { randomUUID } from 'node:crypto';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { readersSaid } from '../../policy/pack/clauses-in-words.ts';
import type { Ctx, View } from '../web/route.ts';
import { whoAmong } from '../web/who.ts';
import { dutiesNow } from './facts.ts';

type Found = NonNullable<Awaited<ReturnType<typeof dutiesNow>>>;

/** What the policy asks for this term: what is to be done now, what comes next, and what was done. */
export async function dutiesView(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, typed: Record<string, unknown> = {}): Promise<View> {
  const found = await dutiesNow(ctx);
  const who = await whoAmong(ctx.deps.db, [...new Set(found ? whoTicked(found) : [])]);
  const by = (id: string | undefined) => {
    const person = who(id ?? null);
    return person === null ? '' : `, by ${person}`;
  };
  return {
    template: 'duties/duties.njk',
    model: {
      ...{ decisionKey: randomUUID(), typed: { duty: '', due: '', note: '', reason: '', ...typed } },
      policy: found && { title: found.kept.pack.title, href: `/policies/${found.kept.pack.pack}` },
      term: found && `${found.term.label}, to ${longDay(found.term.to)}`,
      now: (found?.now ?? []).map((one) => ({ ...shown(one), late: found !== null && one.due < found.on })),
      next: (found?.next ?? []).map(shown),
      done: (found?.done ?? []).map((one) => ({
        ...shown(one),
        was: one.done ? `Done on ${shortDay(one.done.doneOn)}${by(one.done.byUser)}` : '',
        note: one.done?.note ?? null,
      })),
      mistaken: (found?.mistaken ?? []).map(({ asked, due, doneOn, byUser, note, mistake }) => ({
        ...{ says: capital(asked.says), dueInWords: longDay(due), note, why: mistake.why },
        was: `Ticked off on ${shortDay(doneOn)}${by(byUser)}`,
        taken: `Taken back on ${shortDay(mistake.on)}${by(mistake.byUser)}`,
      })),
    },
  };
}

const whoTicked = ({ done, mistaken }: Found): string[] => [
  ...done.flatMap((one) => one.done?.byUser ?? []),
  ...mistaken.flatMap(({ byUser, mistake }) => [byUser, mistake.byUser]),
];

const shown = ({ id, every, says, source, by, readers, due, mine }: Found['now'][number]) => ({
  ...{ id, due, mine, source, says: capital(says), dueInWords: longDay(due) },
  who: `Each ${every}${by ? `, by the ${by.person}` : ''}${readers.length > 0 ? `, for ${readersSaid(readers)}` : ''}`,
});
