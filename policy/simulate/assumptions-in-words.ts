import { counted } from '../counted.ts';
import { roles, titleOf } from '../people/roles.ts';
import type { Assumptions } from './assumptions.ts';

/** What is assumed of people, as a report says it to who reads its numbers. */
export function assumptionsInWords({ decidesAfter, declined, reached, comes, authority }: Assumptions): string {
  const { otherwise, ...named } = decidesAfter;
  const others = roles.flatMap((role) => {
    const after = named[role];
    return after === undefined || after === otherwise ? [] : [[role, after] as const];
  });
  const except = [...new Set(others.map(([, after]) => after))].map((after) => {
    const of = others.filter(([, theirs]) => theirs === after).map(([role]) => `the ${titleOf(role)}`);
    return `by ${of.length > 1 ? `${of.slice(0, -1).join(', ')} and ${of.at(-1)}` : of[0]} after ${after}`;
  });
  return [
    `decisions are taken after ${counted(otherwise, 'school day')}${except.length > 0 ? ` (${except.join(', ')})` : ''}`,
    `${declined}% are declined`,
    `${reached}% of calls reach the family`,
    `${comes}% of families come to a meeting`,
    `the authority accepts ${authority.accepts}% of referrals`,
    `it tries a contract first in ${authority.contract}% of them (${authority.signed}% of parents sign, ${authority.kept}% of reviews find it kept)`,
    `the headteacher authorises ${authority.authorised}% of penalty notices`,
    `${authority.paid}% of them are paid`,
  ].join(', ');
}
