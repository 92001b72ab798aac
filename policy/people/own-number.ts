/** Names as they are compared: capitals, Unicode form and the width of spaces do not matter. */
export const folded = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

type Row = { full_name: string; relationship: string };

/** What makes a contact of a child the same one in the next file, where the file gives no number. */
export const contactOfChild = (child: string, { full_name, relationship }: Row): string =>
  [child, folded(full_name), folded(relationship)].join('\n');

const mark = '~';

/** A number of ours, for a person to whom the school's file gives none. `hash` is of contactOfChild. */
export const ownNumber = (hash: string): string => mark + hash;
export const isOwnNumber = (contactNo: string): boolean => contactNo.startsWith(mark);
