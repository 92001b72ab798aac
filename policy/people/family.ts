import type { Day } from '../calendar/day.ts';
import { mayWriteTo, type Standing } from '../letters/may-write.ts';
import { type ContactOfChild, standingFor } from './person.ts';

/** A contact of a child as somebody of its family: `person` is the same for every row that is said to be this person. */
export type Relative = { person: string; name: string; of: ContactOfChild };

/** The relative that a contact is. */
export const relativeOf = (name: string, of: ContactOfChild): Relative => ({
  person: [of.contactId, ...of.same.map(({ contactId }) => contactId)].sort()[0] as string,
  name,
  of,
});

/**
 * Whether a contact brings a child up: it lives there, or the person is its parent in law. Of a child in care the second says
 * nothing: an authority is the parent of many children who are no brothers and sisters (statutory facts, trap 12).
 */
export const bringsUp = ({ livesWith, parentalResponsibility }: Standing, flags: readonly string[]): boolean =>
  livesWith || (parentalResponsibility && !flags.includes('looked-after'));

/** Of two children's families, by name: who belongs to both. Children are brothers and sisters if somebody does. */
export const inBoth = (here: readonly Relative[], there: readonly Relative[]): string[] =>
  names(here.filter(({ person }) => there.some((other) => other.person === person)));

/** Who may sit at one table for two children, and who may hear of one of them alone. */
export type Table = { both: string[]; onlyHere: string[]; onlyThere: string[] };

/**
 * The table of one meeting for two children on a day. Who may not be written to about a child may not be met about it either;
 * a parent of one of them is told nothing of the other, nor of the other's parent (statutory facts, traps 10 and 11).
 */
export function oneTable(here: readonly Relative[], there: readonly Relative[], on: Day): Table {
  const may = (all: readonly Relative[]) => all.filter(({ of }) => mayWriteTo(standingFor(of, on), on).may);
  const [a, b] = [may(here), may(there)];
  const apart = (some: readonly Relative[], others: readonly Relative[]) =>
    names(some.filter(({ person }) => !others.some((other) => other.person === person)));
  return { both: inBoth(a, b), onlyHere: apart(a, b), onlyThere: apart(b, a) };
}

const names = (some: readonly Relative[]): string[] => [...new Set(some.map(({ name }) => name))].sort();
