import type { Day } from '../../policy/calendar/day.ts';
import type { SchoolCalendar } from '../../policy/calendar/school-calendar.ts';
import type { ApprovedLetter } from '../../policy/case/event.ts';
import { newestSession } from '../../policy/case/figures.ts';
import { printedFrom, printedUpTo } from '../../policy/case/figures-moved.ts';
import type { EnclosureId } from '../../policy/letters/enclosures.ts';
import { checkedFields, MissingField } from '../../policy/letters/fields.ts';
import { addressOn } from '../../policy/letters/may-write.ts';
import type { TemplateId } from '../../policy/letters/templates.ts';
import { type Role, roleTitles } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { Mark } from '../../policy/register/mark.ts';
import type { Tx } from '../../prisma/client.ts';
import { columnOf } from '../../prisma/day-column.ts';
import type { SchoolRow } from '../../prisma/pupil-rows.ts';
import type { Follow } from '../../workflows/messages.ts';
import { letterRef } from '../letters/letter-ref.ts';
import type { pupilCircumstances } from './pupil-circumstances.ts';

export type Writing = {
  matterId: string;
  caseId: string;
  proposal: string;
  template: TemplateId;
  letters: readonly ApprovedLetter[];
  enclose?: readonly EnclosureId[] | undefined;
  words: string | null;
  school: SchoolRow;
  pupil: Awaited<ReturnType<typeof pupilCircumstances>>['pupil'];
  register: { on: Day; now: number; marks: readonly Mark[]; calendar: SchoolCalendar; onRollFrom: Day };
  recallMinutes: number;
  byUser: string | null;
  /** What this letter says that others do not, to each reader. */
  own: (contactId: string) => object;
};

/**
 * Writes a row for each parent's own letter, with the figures it rests on, and has each delivered after the recall window.
 * @throws Refusal('NotAllowed') if a letter lacks something it must say: then nothing is approved.
 */
export async function writeLetterRows(tx: Tx, writing: Writing): Promise<Follow[]> {
  const { matterId, caseId, school, pupil, template, register, byUser } = writing;
  const releaseAt = register.now + writing.recallMinutes * 60_000;
  const shared = await sharedFields(tx, writing);
  const rows = writing.letters.map(({ letterId, contactId, channel }) => {
    const link = pupil.contacts.find((one) => one.contactId === contactId);
    if (!link) throw new Error(`Contact ${contactId} is not a contact of the pupil`);
    const { fullName, language, email } = link.contact;
    const recipient = { name: fullName, address: addressOn(link.contact), language, channel };
    const ref = letterRef(letterId, register.now);
    return {
      id: letterId,
      key: `${matterId}:${writing.proposal}:${contactId}`,
      matterId,
      caseId,
      schoolId: school.id,
      pupilId: pupil.id,
      contactId,
      template,
      status: 'waiting',
      channel,
      approvedBy: byUser ?? '',
      approvedOn: columnOf(register.on),
      releaseAt: new Date(releaseAt),
      fields: complete(template, { ...shared, ...writing.own(contactId), ref, recipient, personalNote: writing.words }),
      toAddress: channel === 'email' ? email : null,
      messageId: `<${letterId}@${school.email.split('@')[1] ?? 'firstbell.invalid'}>`,
    };
  });
  await tx.letter.createMany({ data: rows });
  return writing.letters.map(({ letterId }) => ({ what: 'letter', letterId, releaseAt }));
}

function complete(template: TemplateId, given: object): object {
  try {
    return checkedFields(template, given) as object;
  } catch (error) {
    if (error instanceof MissingField) throw new Refusal('NotAllowed', error.message, { cause: error });
    throw error;
  }
}

async function sharedFields(tx: Tx, { school, pupil, register, enclose, byUser }: Writing) {
  const signatory = await tx.user.findUnique({ where: { id: byUser ?? '' } });
  const authority = await tx.authority.findUniqueOrThrow({ where: { id: school.authorityId } });
  const { on } = register;
  const asOf = newestSession(register);
  return {
    issuedOn: on,
    school: { name: school.name, address: school.address, phone: school.phone, email: school.email },
    authority: authority.name,
    signatory: { name: signatory?.name, role: signatory ? roleTitles[signatory.role as Role] : undefined },
    pupil: { name: pupil.chosenName, className: pupil.className },
    figures: { from: printedFrom(register), asOf, ...(asOf === null ? {} : printedUpTo(register, asOf)) },
    enclosures: enclose,
  };
}
