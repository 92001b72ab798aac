import type { Wording } from '../block.ts';
import type { EnclosureId } from '../enclosures.ts';
import { checkedFields, type FieldsOf, type SharedFields } from '../fields.ts';
import type { Enclosure } from '../printed.ts';
import type { TemplateId } from '../templates.ts';
import { card } from './card.ts';
import { congratulation } from './congratulation.ts';
import { correction } from './correction.ts';
import { daysMissedLetter } from './days-missed.ts';
import { leaflet } from './leaflet.ts';
import { letter1 } from './letter-1.ts';
import { letter2 } from './letter-2.ts';
import { letter3 } from './letter-3.ts';
import { meetingInvitation } from './meeting-invitation.ts';
import { noticeToImprove } from './notice-to-improve.ts';
import { referralNotice } from './referral-notice.ts';
import { unexplainedAbsence } from './unexplained-absence.ts';

const wordings: { [T in TemplateId]: (fields: FieldsOf<T>) => Wording } = {
  'letter-1': letter1,
  'letter-2': letter2,
  'letter-3': letter3,
  'unexplained-absence': unexplainedAbsence,
  'days-missed': daysMissedLetter,
  congratulation,
  'meeting-invitation': meetingInvitation,
  'referral-notice': referralNotice,
  'notice-to-improve': noticeToImprove,
  correction,
};

/**
 * What a letter says, from its fields.
 * @throws MissingField if the letter lacks something it must say.
 */
export function wordingOf<T extends TemplateId>(template: T, fields: unknown): Wording {
  return wordings[template](checkedFields(template, fields));
}

const enclosures: Record<EnclosureId, (fields: SharedFields) => Enclosure> = { leaflet, card };

/** What goes with a letter, from the letter's own fields. */
export const enclosuresOf = (fields: SharedFields): Enclosure[] => fields.enclosures.map((id) => enclosures[id](fields));
