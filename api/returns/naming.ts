import type { Day } from '../../policy/calendar/day.ts';
import { dayOrNull } from '../../prisma/day-column.ts';
import { type ContactForReturn, contactsOfAll, type PupilForReturn } from '../../prisma/returns.ts';
import { delicateFlags } from '../layout/flags.ts';
import type { Ctx } from '../web/route.ts';
import { pupilName } from '../web/shapes.ts';

/** What a return says of each of these pupils: who they are, where they live, and why to look twice. */
export async function naming(db: Ctx['deps']['db'], pupils: readonly PupilForReturn[], on: Day) {
  const contacts = await contactsOfAll(
    db,
    pupils.map(({ id }) => id),
  );
  return (pupil: PupilForReturn) => {
    const theirs = contacts.filter(({ pupilId }) => pupilId === pupil.id);
    return {
      pupil: pupilName(pupil),
      ...{ legalName: pupil.legalName, upn: pupil.upn, born: pupil.born },
      addresses: [...new Set(theirs.flatMap(homeOf))],
      lookTwice: [
        ...delicateFlags(pupil.flags),
        ...(theirs.some((one) => isRestricted(one, on))
          ? ['A contact is restricted: see that no address reaches that person']
          : []),
      ],
    };
  };
}

function homeOf({ livesWith, contact }: ContactForReturn): string[] {
  const lines = [...contact.address, contact.postcode ?? ''].filter((line) => line !== '');
  return livesWith && lines.length > 0 ? [lines.join(', ')] : [];
}

const isRestricted = ({ restriction, restrictionUntil }: ContactForReturn, on: Day): boolean =>
  restriction !== null && (dayOrNull(restrictionUntil) ?? on) >= on;
