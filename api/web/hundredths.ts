/**
 * What is typed as a percentage with at most two decimals, in hundredths of a percent; NaN for anything else. One with more is not
 * rounded to what nobody wrote.
 */
export const hundredths = (typed: string): number =>
  /^\d{1,3}(\.\d{1,2})? ?%?$/.test(typed) ? Math.round(Number.parseFloat(typed) * 100) : Number.NaN;
