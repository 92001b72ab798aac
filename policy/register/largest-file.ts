/** The largest file that is taken in and read, in bytes: years of a large school's register are a tenth of it. */
export const largestFile = 200_000_000;

/** How much is kept for a school of files that have arrived and are not in yet, in bytes: the largest, while another as large is read. */
export const mostKept = 2 * largestFile;
