import { expect, it } from '@jest/globals';
import { shortLine } from '../../../bin/start/short-line.ts';

it.each([
  ['a warning, in words', '{"level":40,"time":1,"msg":"The mail server does not answer"}', 'The mail server does not answer'],
  ['a fault with its cause', '{"level":50,"msg":"Sending failed","err":{"message":"refused"}}', 'Sending failed (refused)'],
  [
    'a cause of many lines in one',
    '{"level":40,"msg":"The outbox waits","err":{"message":"\\nInvalid call:\\n\\n\\nNo answer"}}',
    'The outbox waits (Invalid call: No answer)',
  ],
  ['nothing of the ordinary', '{"level":30,"msg":"Ready"}', undefined],
  ['words of another program as they are', 'Segmentation fault', 'Segmentation fault'],
  ['a line that only looks like an event', '{"level":', '{"level":'],
  ['nothing of an empty line', '', undefined],
])('a start shows %s', (_, line, shown) => {
  expect(shortLine(line)).toBe(shown);
});
