import { z } from 'zod';
import { capital } from '../../policy/capital.ts';
import { type Role, titleOf } from '../../policy/people/roles.ts';
import { usual } from '../../policy/simulate/assumptions.ts';
import { type AssumptionsSaid, saidOf } from '../../policy/simulate/assumptions-file.ts';
import type { AuthorityAssumed } from '../../policy/simulate/authority-people.ts';
import { type FieldGroup, short } from '../layout/fields.ts';
import { formOf } from '../web/form-of.ts';
import { SimulationOrder } from './shapes.ts';

/** Who is asked most: of the others a file says more than a form. */
const slow = ['class-teacher', 'headteacher', 'ewo'] as const satisfies readonly Role[];
const busy = [
  'class-teacher',
  'attendance-officer',
  'sal',
  'headteacher',
  'dsl',
  'senco',
  'ewo',
] as const satisfies readonly Role[];

const days = <W extends string>(who: W) => `days-${who}` as const;
const hours = <R extends Role>(role: R) => `hours-${role}` as const;

/** What is assumed on the authority's side, in percent. */
const there = {
  accepts: 'Referrals that the authority accepts',
  contract: 'Referrals in which a contract is tried before a notice',
  signed: 'Parents who sign a contract, of those who come',
  kept: 'Reviews that find it kept',
  authorised: 'Penalty notices that the headteacher authorises',
  paid: 'Penalty notices that are paid',
  prosecuted: 'Unpaid ones that are prosecuted',
} as const satisfies Partial<Record<keyof AuthorityAssumed, string>>;
const shares = Object.keys(there) as (keyof typeof there)[];
const share = <S extends keyof typeof there>(name: S) => `there-${name}` as const;

/** What is assumed of people, as the form asks for it. */
export const assumptionFields: readonly FieldGroup[] = [
  {
    kind: 'group',
    label: 'School days until somebody decides',
    fields: [...slow.map((role) => short(days(role), capital(titleOf(role)))), short(days('others'), 'Everybody else')],
  },
  {
    kind: 'group',
    label: 'Of 100',
    fields: [
      short('declined', 'Proposals that are declined'),
      short('reached', 'Calls that reach the family'),
      short('comes', 'Meetings to which the family comes'),
    ],
  },
  {
    kind: 'group',
    label: 'Of 100, once a school has referred',
    fields: shares.map((name) => short(share(name), there[name])),
  },
  {
    kind: 'group',
    label: 'Hours a week that all of a role together have',
    fields: busy.map((role) => short(hours(role), capital(titleOf(role)))),
  },
];

/** What the form holds before anybody typed: what is usually assumed. */
export function usuallyTyped(): Record<string, string> {
  const said = saidOf(usual);
  const { 'decides after': after, 'hours a week': week } = said;
  return {
    ...Object.fromEntries(slow.map((role) => [days(role), String(after[role] ?? after['everybody else'])])),
    [days('others')]: String(after['everybody else']),
    ...{ declined: String(said.declined), reached: String(said.reached), comes: String(said.comes) },
    ...Object.fromEntries(shares.map((name) => [share(name), String(said.authority[name])])),
    ...Object.fromEntries(busy.map((role) => [hours(role), String(week[role])])),
  };
}

const whole = (most: number) => {
  const cure = `Enter a whole number from 0 to ${most}`;
  return z
    .string(cure)
    .trim()
    .regex(/^\d{1,3}$/, cure)
    .transform(Number)
    .refine((n) => n <= most, cure);
};
const someHours = z
  .string('Enter hours, such as 10 or 2.5')
  .trim()
  .regex(/^\d{1,2}(\.\d)?$/, 'Enter hours, such as 10 or 2.5')
  .transform(Number)
  .refine((n) => n <= 60, 'Enter at most 60 hours');

const ofEach = <N extends string, T extends z.ZodType>(names: readonly N[], type: T) =>
  Object.fromEntries(names.map((name) => [name, type])) as Record<N, T>;

/** The form that starts a simulation. */
export const SimulationForm = z
  .object({
    decisionKey: z.uuid(),
    ...{ policy: z.string().default(''), against: z.string().default(''), year: z.string().default('') },
    asKnown: z.literal('yes').optional(),
    ...ofEach([days('others'), ...slow.map((role) => days(role))], whole(60)),
    ...{ declined: whole(100), reached: whole(100), comes: whole(100) },
    ...ofEach(
      shares.map((name) => share(name)),
      whole(100),
    ),
    ...ofEach(
      busy.map((role) => hours(role)),
      someHours,
    ),
  })
  .transform((form, ctx) => {
    const { policy, against, year, asKnown, declined, reached, comes } = form;
    const assumptions: AssumptionsSaid = {
      ...{ declined, reached, comes },
      'decides after': {
        ...Object.fromEntries(slow.map((role) => [role, form[days(role)]])),
        'everybody else': form['days-others'],
      },
      authority: Object.fromEntries(shares.map((name) => [name, form[share(name)]])),
      'hours a week': Object.fromEntries(busy.map((role) => [role, form[hours(role)]])),
    };
    const order = { policy, ...(against ? { against } : {}), year, asKnown: asKnown === 'yes', assumptions };
    return formOf(SimulationOrder, order, ctx);
  });
