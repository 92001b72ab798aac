import { describe, expect, it } from '@jest/globals';
import { homeElsewhere } from '../../../policy/people/home-authority.ts';

describe('the authority in whose area a pupil lives', () => {
  it.each([
    ['nobody said', null, 'Severnshire Council', null],
    ['the school’s own', 'Severnshire Council', 'Severnshire Council', null],
    ['the school’s own, written otherwise', ' SEVERNSHIRE  county council', 'Severnshire Council', null],
    ['the school’s own, by its place alone', 'Severnshire', 'Severnshire Council', null],
    ['another', 'Westshire Council', 'Severnshire Council', 'Westshire Council'],
    ['another that begins alike', 'Leicestershire County Council', 'Leicester City Council', 'Leicestershire County Council'],
  ])('%s', (_, home, ofSchool, is) => expect(homeElsewhere(home, ofSchool)).toBe(is));
});
