/** The largest file that is taken in and read, in bytes: years of a large school's register are a tenth of it. */
export const largestFile = 200_000_000;
