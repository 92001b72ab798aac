/** What a policy may have go with a letter: the same for every family of a school, so it names nobody. */
export const enclosureIds = ['leaflet', 'card'] as const;

export type EnclosureId = (typeof enclosureIds)[number];
