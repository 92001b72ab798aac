import { addDays, type Day, longDay } from '../calendar/day.ts';
import { Refusal } from '../refusal.ts';
import type { Role } from './roles.ts';

/** The days, both included, on which somebody is away and a colleague decides for them. */
export type Away = { from: Day; until: Day };
type Colleague = { id: string; name: string; role: Role };
type Known = {
  today: Day;
  /** When the one who is away has named somebody for already. */
  named: readonly (Away & { name: string })[];
  /** When the colleague is away as well. */
  colleagueAway: readonly Away[];
};

const longest = 366;

/**
 * Whether somebody may name this colleague to decide for them on these days. What is handed on is handed on once: nobody decides
 * for somebody by way of a third.
 * @throws Refusal('NotAllowed') with what to choose instead.
 */
export function checkDelegation(of: Pick<Colleague, 'id'>, to: Colleague, { from, until }: Away, known: Known): void {
  const no = (concerns: keyof Away | 'to', why: string) => new Refusal('NotAllowed', why, { concerns });
  if (to.id === of.id) throw no('to', 'Name somebody else than yourself');
  if (to.role === 'class-teacher')
    throw no('to', `${to.name} sees their own class alone. Name somebody who sees the cases of the whole school`);
  if (from < known.today) throw no('from', 'Choose a first day from today on');
  if (until < from) throw no('until', 'Choose a last day that does not come before the first');
  if (until > addDays(from, longest)) throw no('until', 'Name somebody for at most a year at a time');
  const taken = known.named.find((one) => overlap(one, { from, until }));
  if (taken)
    throw no(
      'from',
      `${taken.name} decides for you from ${longDay(taken.from)} to ${longDay(taken.until)} already. End that first`,
    );
  if (known.colleagueAway.some((one) => overlap(one, { from, until })))
    throw no('to', `${to.name} is away then as well. Name somebody who is there`);
}

const overlap = (a: Away, b: Away): boolean => a.from <= b.until && b.from <= a.until;
