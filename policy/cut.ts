/** The beginning of a text, at most so long. It ends on a whole character: half of one can be kept in no database. */
export const cut = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
