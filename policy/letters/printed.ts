import type { Block, Wording } from './block.ts';
import type { EnclosureId } from './enclosures.ts';
import type { SharedFields } from './fields.ts';

/** All that a letter shows, ready for paper, e-mail or screen. `date` is in words. */
export type PrintedLetter = Wording &
  Pick<SharedFields, 'ref' | 'school' | 'recipient' | 'signatory'> & {
    date: string;
    /** In the parent's language, the offer to have the letter in it. */
    offer: { lang: string; rightToLeft: boolean; text: string } | null;
    enclosures: readonly Enclosure[];
  };

/** What goes with a letter, ready for paper, e-mail or screen. It names no pupil and no parent. */
export type Enclosure = { kind: EnclosureId; title: string; from: string; blocks: readonly Block[] };

/** What a decision would send if it were confirmed now. */
export type Preview = {
  /** Why the rules would not let it go; null if they would. */
  refused: string | null;
  /** Each parent's own letter, whoever is rung first coming first. */
  letters: { channel: string; letter: PrintedLetter; pdf: () => Uint8Array }[];
  /** What goes with each of them. */
  enclosures: { enclosure: Enclosure; pdf: () => Uint8Array }[];
  /** Who gets none, and why; what a court order says is for those alone who read orders. */
  without: { name: string; because: string; order: string | null }[];
};
