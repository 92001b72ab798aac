import { z } from 'zod';
import { codeTable } from '../../policy/register/codes.ts';
import { type Choice, choice, date, type Option, radios, select } from '../layout/fields.ts';
import { formOf } from '../web/form-of.ts';
import { policyAt, WhatIf } from './shapes.ts';

const text = z.string().max(80).default('');

/** What the form's fields are called in an address as well: a story with something otherwise can be kept and sent on. */
const Typed = z.object({
  ...{ n: policyAt, what: text, on: text, session: text, code: text, proposal: text, say: text },
  ...{ dayOf: text, decidedOn: text, policy: text },
});
export type Typed = z.infer<typeof Typed>;

type Issues = Parameters<typeof formOf>[2];

/** What is typed as what is asked: a proposal is chosen as its day and what it is about, "2026-09-15 letter-1". */
function asked(typed: Typed, ctx: Issues): { n: number; change: WhatIf; typed: Typed } {
  const { n, what, on, session, code, proposal, say, dayOf, decidedOn, policy } = typed;
  const chosen = what === 'day' ? dayOf : proposal;
  const meant = { madeOn: chosen.slice(0, 10), about: chosen.slice(11) };
  const meanings: Record<string, object> = {
    mark: { what, on, session, code },
    decision: { what, ...meant, say },
    day: { what, ...meant, decidedOn },
    policy: { what, policy },
  };
  const chooser = what === 'day' ? 'dayOf' : 'proposal';
  const words = { [chooser]: 'Choose what was proposed' };
  const change = formOf(WhatIf, meanings[what] ?? { what }, ctx, {
    fieldOf: { madeOn: chooser, about: chooser },
    instead: words,
  });
  return { n, change, typed };
}

export const WhatIfForm = z
  .object({ decisionKey: z.uuid(), ...Typed.shape })
  .transform(({ decisionKey: _, ...typed }, ctx) => asked(typed, ctx));
/** The same in an address; null where nothing is to be otherwise. */
export const WhatIfAsked = Typed.transform((typed, ctx) => (typed.what === '' ? null : asked(typed, ctx)));

const sayWords: Record<Extract<WhatIf, { what: 'decision' }>['say'], string> = {
  yes: 'It is done or approved, the family is reached, the parents come',
  no: 'It is declined',
  nothing: 'Nobody ever decides',
  'not reached': 'The family is not reached',
  refused: 'The parents refuse the meeting',
  'not attended': 'Nobody comes to the meeting',
};

const some = (first: string, options: readonly Option[]): Option[] => [{ value: '', text: first }, ...options];

/** What may be otherwise: each with the fields it needs. */
export const whatIfChoices = (proposals: readonly Option[], policies: readonly Option[]): Choice[] => [
  choice(
    'mark',
    'A mark',
    date('on', 'Day'),
    radios('session', 'Session', [
      { value: 'AM', text: 'Morning' },
      { value: 'PM', text: 'Afternoon' },
    ]),
    select(
      'code',
      'What the mark is instead',
      some(
        'Choose',
        codeTable.filter(({ until }) => until === null).map(({ code, words }) => ({ value: code, text: `${code} ${words}` })),
      ),
    ),
  ),
  ...(proposals.length === 0
    ? []
    : [
        choice(
          'decision',
          'A decision',
          select('proposal', 'What was proposed', some('Choose', proposals)),
          select(
            'say',
            'What is said to it instead',
            some(
              'Choose',
              Object.entries(sayWords).map(([value, words]) => ({ value, text: words })),
            ),
          ),
        ),
        choice(
          'day',
          'The day of a decision',
          select('dayOf', 'What was proposed', some('Choose', proposals)),
          date('decidedOn', 'Decided on'),
        ),
      ]),
  choice('policy', 'The policy', select('policy', 'The policy instead', some('Choose', policies))),
];
