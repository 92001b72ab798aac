import { describe, expect, it } from '@jest/globals';
import { wrongPassword } from '../../../policy/people/password.ts';

describe('a password', () => {
  it.each<[string, string, string, RegExp]>([
    ['eleven characters', 'elevenchars', 'lead@larkfield.example', /shorter than 12/],
    ['more than the sign-in page takes', 'x'.repeat(201), 'lead@larkfield.example', /longer than 200/],
    ['the name of the address, in other letters', 'My a.YUSUF of 2026', 'a.yusuf@st-anne.example', /holds "a.yusuf"/],
    ['the demo password', 'first-bell-training', 'lead@larkfield.example', /everybody knows/],
    ['a line break', 'two lines\nof a password', 'lead@larkfield.example', /control character/],
  ])('is refused: %s', (_, password, email, says) => expect(wrongPassword(password, email)).toMatch(says));

  it.each([
    ['twelve characters', 'twelve chars', 'lead@larkfield.example'],
    ['letters of any script', 'zażółć gęślą jaźń', 'lead@larkfield.example'],
    ['a name of two letters, which is in every other word', 'three jolly words', 'jo@larkfield.example'],
  ])('is taken: %s', (_, password, email) => expect(wrongPassword(password, email)).toBeNull());
});
