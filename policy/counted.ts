const thousands = new Intl.NumberFormat('en-GB');

/** "2,120": every number that a person reads, so that none is written in two ways on one page. */
export const inThousands = (n: number): string => thousands.format(n);

/** "1 letter", "2,120 letters". `plural` where an s alone does not make it. */
export const counted = (n: number, one: string, plural = `${one}s`): string => `${inThousands(n)} ${n === 1 ? one : plural}`;
