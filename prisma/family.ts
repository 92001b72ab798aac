import type { Day } from '../policy/calendar/day.ts';
import type { CaseState } from '../policy/case/state.ts';
import { bringsUp, inBoth, type Relative, relativeOf } from '../policy/people/family.ts';
import type { Db } from './client.ts';
import { columnOf } from './day-column.ts';
import type { Contact, PupilContact } from './generated/client.ts';
import { contactOfChild, type SameAs, sameAs, standingOf } from './persons.ts';
import type { Reader } from './proposals.ts';
import { inReach } from './pupils.ts';

type Child = { flags: string[]; contacts: (PupilContact & { contact: Contact })[] };

const links = { include: { contact: true } } as const;
const openCase = { where: { status: 'open' }, select: { id: true, stage: true, headline: true, state: true } } as const;

/**
 * A pupil's family, as far as this reader may see it: who brings the pupil up, and the brothers and sisters on the roll with
 * their open case, those whom one and the same person brings up. A class teacher sees those of the class. Of another school nobody
 * has said who is who, and a guess tells too much (docs/decisions/0017).
 */
export async function familyOf(db: Db, reader: Reader, pupilId: string, today: Day) {
  const pupil = await db.pupil.findUniqueOrThrow({ where: { id: pupilId }, include: { contacts: links } });
  const own = pupil.contacts.map(({ contactId }) => contactId);
  const same = await sameAs(db, own);
  const persons = [...own, ...[...same.values()].flat().map(({ id }) => id)];
  const others = await db.pupil.findMany({
    where: {
      AND: [inReach(reader), { OR: [{ onRollTo: null }, { onRollTo: { gte: columnOf(today) } }] }],
      id: { not: pupilId },
      contacts: { some: { contactId: { in: persons } } },
    },
    include: { contacts: links, cases: openCase },
    orderBy: [{ chosenName: 'asc' }, { id: 'asc' }],
  });
  const theirs = await sameAs(
    db,
    others.flatMap(({ contacts }) => contacts.map(({ contactId }) => contactId)),
  );
  const relatives = relativesOf(pupil, same);
  return {
    relatives,
    siblings: others.flatMap(({ cases: [open], ...other }) => {
      const family = relativesOf(other, theirs);
      const through = inBoth(relatives, family);
      if (through.length === 0) return [];
      return [{ pupil: other, relatives: family, through, case: open ? { ...open, state: open.state as CaseState } : null }];
    }),
  };
}

const relativesOf = ({ flags, contacts }: Child, same: ReadonlyMap<string, readonly SameAs[]>): Relative[] =>
  contacts
    .filter((link) => bringsUp(standingOf(link), flags))
    .map((link) => relativeOf(link.contact.fullName, contactOfChild(link, same.get(link.contactId) ?? [])));
