import { demoPassword } from '../training/demo-password.ts';

export const shortestPassword = 12;
/** As long as the sign-in page takes. */
const longestPassword = 200;

/** What is wrong with a password for this account, with the cure; null if nothing is. */
export function wrongPassword(password: string, email: string): string | null {
  if (password.length < shortestPassword) return `It is shorter than ${shortestPassword} characters: take a few words`;
  if (password.length > longestPassword) return `It is longer than ${longestPassword} characters: shorten it`;
  if (/\p{Cc}/u.test(password)) return 'It holds a control character, which nobody can type on the sign-in page: leave it out';
  const [name = ''] = email.toLowerCase().split('@');
  // A name of two letters is in every other word.
  if (name.length > 2 && password.toLowerCase().includes(name))
    return `It holds "${name}", as the e-mail address does: take other words`;
  if (password === demoPassword) return 'It is the password of the demo accounts, which everybody knows: take another';
  return null;
}
