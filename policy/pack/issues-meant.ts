import type { z } from 'zod';

/** What is wrong with a value: of the ways in which a clause may be written, with the one that it comes nearest to. */
export const issuesMeant = (error: z.ZodError): z.core.$ZodIssue[] => error.issues.flatMap(meant).map(inSchoolsWords);

/** Of what schools stumble over, what it is and what to do. */
function inSchoolsWords(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code === 'unrecognized_keys')
    return {
      ...issue,
      message: `The policy language has no word ${issue.keys.map((key) => `"${key}"`).join(', ')} here${lockedBy(issue.keys)}`,
    };
  if (issue.code === 'invalid_type' && issue.input === null)
    return {
      ...issue,
      message: 'Nothing stands here. A # begins a comment, and cuts off what follows, unless the value is in quotes',
    };
  if (issue.code === 'invalid_type' && typeof issue.input === 'boolean' && issue.expected === 'string')
    return { ...issue, message: 'This is read as true or false: write it in quotes' };
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid'))
    return { ...issue, message: `Write ${issue.values.length > 1 ? 'one of: ' : ''}${issue.values.map(String).join(', ')}` };
  if (issue.message === 'Invalid ISO date')
    return { ...issue, message: 'Write a real date in quotation marks, as year-month-day: "2026-09-01"' };
  if (issue.code === 'invalid_type' && belongs[issue.expected]) return { ...issue, message: belongs[issue.expected] ?? '' };
  return issue;
}

const belongs: Record<string, string> = {
  array: 'A list belongs here: "[one, another]", or a line for each that begins with "- "',
  object: 'Names with what they say belong here, as in "title: ..."',
  record: 'Names with what they say belong here, as in "title: ..."',
};

/** What a policy cannot say because the law says it, and where that is kept. */
const locked: Record<string, string> = {
  amount: 'SI 2007/1867 as amended by SI 2024/210',
  amounts: 'SI 2007/1867 as amended by SI 2024/210',
  'penalty notice': 'the national framework for penalty notices',
  'found within': 'SI 2024/208 reg 10(7)',
  codes: 'SI 2024/208 reg 10',
  'persistent absence': 'DfE, pupil absence statistics: methodology',
};

const lockedBy = (keys: readonly string[]): string => {
  const law = keys.map((key) => locked[key]).find((one) => one !== undefined);
  return law === undefined ? '' : `: the law says it, and no policy changes it (${law})`;
};

function meant(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const ways = issue.errors.map((inner) => inner.map((one) => ({ ...one, path: [...issue.path, ...one.path] })).flatMap(meant));
  const depth = (way: z.core.$ZodIssue[]) => Math.max(...way.map(({ path }) => path.length));
  return ways.toSorted((a, b) => depth(b) - depth(a))[0] ?? [issue];
}
