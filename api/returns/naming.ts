import type { Day } from '../../policy/calendar/day.ts';
import { restricted } from '../../policy/letters/may-write.ts';
import { homeElsewhere } from '../../policy/people/home-authority.ts';
import { type ContactOfChild, placeOf, standingFor } from '../../policy/people/person.ts';
import { contactOfChild, sameAs } from '../../prisma/persons.ts';
import { contactsOfAll, type PupilForReturn } from '../../prisma/returns.ts';
import { delicateFlags } from '../layout/flags.ts';
import type { Ctx } from '../web/route.ts';
import { pupilName } from '../web/shapes.ts';

/** What a return says of each of these pupils: who they are, where they live, and why to look twice; of one school. */
export async function naming(db: Ctx['deps']['db'], schoolId: string, pupils: readonly PupilForReturn[], on: Day) {
  const { authority } = await db.school.findUniqueOrThrow({ where: { id: schoolId }, select: { authority: true } });
  const links = await contactsOfAll(
    db,
    pupils.map(({ id }) => id),
  );
  const same = await sameAs(
    db,
    links.map(({ contactId }) => contactId),
  );
  return (pupil: PupilForReturn) => {
    const theirs = links
      .filter(({ pupilId }) => pupilId === pupil.id)
      .map((link) => contactOfChild(link, same.get(link.contactId) ?? []));
    const homes = theirs.filter((one) => one.standing.livesWith && homeOf(one) !== '');
    return {
      pupil: pupilName(pupil),
      ...{ legalName: pupil.legalName, upn: pupil.upn, born: pupil.born },
      addresses: [...new Set(homes.map(homeOf))],
      homeAuthority: homeElsewhere(pupil.homeAuthority, authority.name),
      lookTwice: [
        ...delicateFlags(pupil.flags),
        ...(homes.every((one) => placeOf(one).addressSafe) ? [] : [notSafe]),
        ...(theirs.some((one) => restricted(standingFor(one, on), on)) ? [isRestricted] : []),
      ],
    };
  };
}

const notSafe = 'The address is marked as not safe: see that it reaches nobody it is kept from';
const isRestricted = 'A contact is restricted: see that no address reaches that person';

const homeOf = ({ place }: ContactOfChild): string =>
  [...place.address, place.postcode ?? ''].filter((line) => line !== '').join(', ');
