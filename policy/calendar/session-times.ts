import { type Day, londonInstant } from './day.ts';

/** When a school's sessions are, as clocks in London show it ("08:50"), and for how many minutes each register is open. */
export type SessionTimes = {
  morning: { from: string; to: string };
  afternoon: { from: string; to: string };
  registerMinutes: number;
};

/** The same, from a day on. */
export type DatedTimes = SessionTimes & { fromDay: Day };

/** A register may be open for so many minutes, the same in every session (WT24, as Nottinghamshire's code has it). */
export const mostRegisterMinutes = 30;

/** What is wrong with a school's times, by the field that is to be mended; empty if they are right. */
export function timesProblems({ morning, afternoon, registerMinutes }: SessionTimes): { field: string; cure: string }[] {
  const order = [
    ...(morning.from < morning.to
      ? []
      : [{ field: 'morningTo', cure: 'The morning ends before it begins: mend one of the two' }]),
    ...(morning.to <= afternoon.from
      ? []
      : [{ field: 'afternoonFrom', cure: 'The afternoon begins before the morning has ended: mend one of the two' }]),
    ...(afternoon.from < afternoon.to
      ? []
      : [{ field: 'afternoonTo', cure: 'The afternoon ends before it begins: mend one of the two' }]),
  ];
  if (order.length > 0) return order;
  const shortest = Math.min(minutesIn(morning), minutesIn(afternoon));
  if (registerMinutes > mostRegisterMinutes)
    return [{ field: 'registerMinutes', cure: `A register is open for ${mostRegisterMinutes} minutes at most` }];
  return registerMinutes > shortest
    ? [{ field: 'registerMinutes', cure: 'The register would be open longer than the session lasts' }]
    : [];
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const minutesIn = ({ from, to }: { from: string; to: string }): number => minutesOf(to) - minutesOf(from);

/** The times that hold on a day: those that began last; null before the first. Of two that begin on one day the later one in the list. */
export const timesOn = <T extends { fromDay: Day }>(all: readonly T[], day: Day): T | null =>
  all.reduce<T | null>((held, one) => (one.fromDay <= day && (!held || held.fromDay <= one.fromDay) ? one : held), null);

/** Between which instants (epoch ms) the register of a session is taken. Who comes later is late after it closed (U). */
export function registerOf(times: SessionTimes, day: Day, session: 'AM' | 'PM'): { opens: number; closes: number } {
  const opens = londonInstant(day, session === 'AM' ? times.morning.from : times.afternoon.from);
  return { opens, closes: opens + times.registerMinutes * 60_000 };
}
