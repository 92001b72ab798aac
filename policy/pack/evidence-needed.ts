/** What can be there when a task is done, as whoever did it states. Named, so that a history holds no free text. */
export const evidenceKinds = {
  note: 'A note of what was done and what came of it',
  'letter from the family': 'A letter or message from the family',
  'medical document': 'A doctor’s note, an appointment card or a prescription',
  'written plan': 'The plan in writing, kept with the pupil’s file',
  'written agreement': 'The agreement in writing of everybody who has to authorise it',
} as const;

export type EvidenceKind = keyof typeof evidenceKinds;
export const evidenceNames = Object.keys(evidenceKinds) as [EvidenceKind, ...EvidenceKind[]];

/** What is stated by ticking it. A note states itself: it is written with the decision. */
export const stated = (needs: readonly EvidenceKind[] = []): EvidenceKind[] => needs.filter((kind) => kind !== 'note');

/** The first thing that a task needs and that was not stated; null if nothing is lacking. */
export const lacking = (
  needs: readonly EvidenceKind[] = [],
  { has = [], textId }: { has?: readonly EvidenceKind[] | undefined; textId?: string | undefined },
): EvidenceKind | null => needs.find((kind) => (kind === 'note' ? textId === undefined : !has.includes(kind))) ?? null;
