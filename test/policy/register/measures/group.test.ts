import { describe, expect, it } from '@jest/globals';
import { bandOf } from '../../../../policy/register/measures/band.ts';
import { groupFigure } from '../../../../policy/register/measures/group.ts';

const pupil = (id: string, attended: number, possible: number) => ({
  ...{ id, attended, possible, authorised: possible - attended, unauthorised: 0 },
});

describe('a band', () => {
  it.each([
    [50, 100, 'severely absent'],
    [51, 100, 'persistently absent'],
    [90, 100, 'persistently absent'],
    [91, 100, 'below 96%'],
    [95, 99, 'below 96%'],
    [96, 100, '96% or more'],
    [0, 0, null],
  ])('of %i of %i is %s', (attended, possible, band) => expect(bandOf({ attended, possible })).toBe(band));
});

describe('the figure of a group', () => {
  const members = [pupil('a', 98, 100), pupil('b', 9, 10), pupil('c', 40, 100), pupil('d', 0, 0), pupil('e', 94, 100)];

  it('adds up sessions and averages no percentages', () => {
    expect(groupFigure(members)).toMatchObject({ attended: 241, possible: 310, authorised: 69, unauthorised: 0, enough: true });
  });

  it('counts severe absence as persistent too, and names who is in which band', () => {
    const figure = groupFigure(members);
    expect([figure.persistentlyAbsent, figure.severelyAbsent]).toEqual([2, 1]);
    expect(figure.bands).toEqual({ 'severely absent': 1, 'persistently absent': 1, 'below 96%': 1, '96% or more': 1 });
    expect(figure.pupils.map(({ id, band }) => [id, band])).toEqual([
      ['a', '96% or more'],
      ['b', 'persistently absent'],
      ['c', 'severely absent'],
      ['e', 'below 96%'],
    ]);
  });

  it('of nobody is nothing', () => expect(groupFigure([])).toMatchObject({ possible: 0, enough: false, pupils: [] }));
});
