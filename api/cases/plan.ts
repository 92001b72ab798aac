import { z } from 'zod';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { Offer, supportKinds } from '../../policy/case/decision.ts';
import type { Support } from '../../policy/case/support-plan.ts';
import { date, type Field, options, radios, select, text } from '../layout/fields.ts';

/** A plan as machines read it. */
export const SupportPlan = z.array(
  Offer.extend({
    on: z.iso.date().optional().describe('First offered; older cases do not know it'),
    since: z.iso.date().optional().describe('As it is now since'),
  }),
);

/** The fields of the form that keeps the plan. */
export const planFields: Field[] = [
  select('support', 'Which support', options({ '': 'Choose', ...supportKinds })),
  radios(
    'response',
    'What came of it',
    options({ accepted: 'Accepted', declined: 'Declined', delivered: 'Delivered: it is in place' }),
  ),
  date('on', 'On which day', 'The day it was said, or the day it began.'),
  text('supportText', 'Note (optional)', 'It is kept in the record.'),
];

/** The plan as rows: what was offered and when, and how it stands since when. */
export const planRows = (plan: readonly Support[]) =>
  plan.map(({ kind, response, on, since }) => ({
    support: supportKinds[kind],
    offered: on === undefined ? 'Day not recorded' : longDay(on),
    stands: capital(response),
    since: since === undefined ? '' : longDay(since),
  }));

/** The plan in one row of a page: what was offered, what came of each, and since when. */
export const planSaid = (plan: readonly Support[]): string =>
  plan.length === 0
    ? 'None is recorded'
    : plan
        .map(({ kind, response, on, since }) => {
          const offered = on === undefined || on === since ? '' : `, first offered on ${shortDay(on)}`;
          return `${supportKinds[kind]}: ${response}${since === undefined ? '' : ` on ${shortDay(since)}`}${offered}`;
        })
        .join('; ');
