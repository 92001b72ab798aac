import { expect, it } from '@jest/globals';
import { type Aim, figure, reached, toJson, toTable } from '../../../bin/bench/figure.ts';
import { median, quantile } from '../../../bin/bench/quantile.ts';

it.each<[string, number, number | null, Aim | null, boolean | null]>([
  ['a value at its limit', 25, null, 'value <= 25', true],
  ['a value over its limit', 25.01, null, 'value <= 25', false],
  ['a value that must stay under', 200, null, 'value < 200', false],
  ['a ratio that is enough', 3, 0.8, 'ratio >= 0.8', true],
  ['a ratio that is not', 900, 0.799, 'ratio >= 0.8', false],
  ['a ratio that nobody measured', 900, null, 'ratio >= 0.8', false],
  ['nothing to reach', 1, null, null, null],
])('knows if a figure has what it aims for: %s', (_, value, ratio, aim, expected) => {
  expect(reached(figure({ name: 'a figure', unit: 's', value, ratio, aim }))).toBe(expected);
});

it('gives a figure as one line of JSON to four digits, null where there is none', () => {
  expect(toJson(figure({ name: 'stop', unit: 's', value: 1.23456, note: 'for people' }))).toBe(
    '{"name":"stop","value":1.235,"unit":"s","baseline":null,"ratio":null,"aim":null}',
  );
});

it('gives figures as a table', () => {
  const figures = [
    figure({ name: 'stop', unit: 's', value: 3, aim: 'value <= 2' }),
    figure({ name: 'cases running', unit: 'cases/s', value: 45, baseline: 50, ratio: 0.9, aim: 'ratio >= 0.8' }),
  ];
  expect(toTable(figures).split('\n')).toEqual([
    '               measured    baseline    ratio  aim',
    'stop           3 s                            value <= 2: NOT reached',
    'cases running  45 cases/s  50 cases/s  0.9    ratio >= 0.8: reached',
  ]);
});

it.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2],
  [[7], 7],
])('takes the median of %j', (numbers, expected) => {
  expect(median(numbers)).toBe(expected);
});

it('takes the 99th percentile as the value that 99 in 100 do not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(quantile(hundred, 0.99)).toBe(99);
  expect(quantile([...hundred, 1000], 0.99)).toBe(100);
  expect(() => quantile([], 0.5)).toThrow('Nothing was measured');
});
