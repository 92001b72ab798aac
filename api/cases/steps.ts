import type { Day } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import type { Entry } from '../../prisma/ledger.ts';
import type { Step } from '../charts/attendance-line.ts';

/** The stages that a case entered since a day, and when. */
export const stepsOf = (events: readonly { on: Day; event: Entry }[], since: Day): Step[] =>
  events.flatMap(({ on, event }) => {
    const { type, ...rest } = event as unknown as CaseEvent;
    return on >= since && type === 'stage entered' && 'stage' in rest ? [{ on, label: capital(rest.stage as string) }] : [];
  });
