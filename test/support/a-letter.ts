import { randomUUID } from 'node:crypto';
import type { TemplateId } from '../../policy/letters/templates.ts';
import type { Db } from '../../prisma/client.ts';
import { columnOf } from '../../prisma/day-column.ts';
import { lettersFields } from './letter-fields.ts';

type Wanted = { template?: TemplateId; channel?: 'email' | 'post'; training?: boolean; fields?: object };

/** An approved letter that waits, with all that stands behind it: its school, pupil, parent and case. */
export async function aLetter(db: Db, { template = 'letter-1', channel = 'email', training = false, fields }: Wanted = {}) {
  const id = randomUUID();
  const [authorityId, schoolId, email] = [`la-${id}`, `school-${id}`, `parent-${id.slice(0, 8)}@home.example`];
  const where = { address: ['Mill Lane'], phone: '01632 960100' };
  await db.authority.create({ data: { id: authorityId, name: 'Severnshire', email: 'la@severnshire.example', ...where } });
  const today = training ? columnOf('2026-11-24') : null;
  const school = { id: schoolId, name: 'Oakbridge School', email: 'office@oakbridge.example', authorityId, ...where };
  await db.school.create({ data: { ...school, packId: 'gloucestershire', training, today } });
  const given = lettersFields(template, { recipient: { channel } }) as { recipient: { name: string; address: string[] } };
  const address = given.recipient.address;
  const contact = await db.contact.create({
    data: {
      schoolId,
      contactNo: '1',
      fullName: given.recipient.name,
      email: channel === 'email' ? email : null,
      address: address.slice(0, -1),
      postcode: address.at(-1) ?? null,
    },
  });
  const names = { legalName: "Zoë O'Brien", chosenName: "Zoë O'Brien", admissionNo: '1', upn: 'A885400126001' };
  const days = { born: columnOf('2013-01-15'), onRollFrom: columnOf('2026-09-02') };
  const link = { contactId: contact.id, relationship: 'Mother', parentalResponsibility: true, livesWith: true };
  const pupil = await db.pupil.create({
    data: { schoolId, ...names, ...days, yearGroup: 9, className: '9B', contacts: { create: [link] } },
  });
  const caseId = randomUUID();
  const matter = { id: caseId, schoolId, pupilId: pupil.id, packId: 'gloucestershire', packVersion: '1' };
  const standing = { status: 'open', stage: 'letter 1', headline: '', openedOn: columnOf('2026-11-01'), events: 0, state: {} };
  await db.attendanceCase.create({ data: { ...matter, ...standing } });
  await db.letter.create({
    data: {
      id,
      key: id,
      matterId: caseId,
      caseId,
      schoolId,
      pupilId: pupil.id,
      contactId: contact.id,
      template,
      status: 'waiting',
      channel,
      approvedBy: 'lead',
      approvedOn: columnOf('2026-11-24'),
      releaseAt: new Date('2026-11-24T10:00:00Z'),
      fields: fields ?? given,
      toAddress: channel === 'email' ? email : null,
      messageId: `<${id}@oakbridge.example>`,
    },
  });
  return { letterId: id, caseId, contactId: contact.id, pupilId: pupil.id, schoolId, email };
}
