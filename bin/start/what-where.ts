import { roleTitles } from '../../policy/people/roles.ts';
import { demoPassword } from '../../policy/training/demo-password.ts';
import { staff } from '../../policy/training/staff.ts';

/** The short table that a start ends with: where to open what, and as whom to sign in. */
export function whatWhere(places: readonly (readonly [string, string])[]): string {
  const accounts = staff.filter(({ role }, i) => staff.findIndex((other) => other.role === role) === i);
  return [
    ...places.map(([name, place]) => `  ${name.padEnd(14)}${place}`),
    '',
    `  Accounts of the training school, each with the password "${demoPassword}":`,
    ...accounts.map(({ email, role }) => `  ${email.padEnd(34)}${roleTitles[role]}`),
    '',
    '  Ctrl-C stops everything.',
  ].join('\n');
}
