/** A name as it is compared with others: letters and digits alone, so that "Admission No." is "admission_no". */
export const fold = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}%]+/gu, '');
