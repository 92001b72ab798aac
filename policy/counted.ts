const thousands = new Intl.NumberFormat('en-GB');

/** "1 letter", "2,120 letters". `plural` where an s alone does not make it. */
export const counted = (n: number, one: string, plural = `${one}s`): string => `${thousands.format(n)} ${n === 1 ? one : plural}`;
