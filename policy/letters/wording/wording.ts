import type { Wording } from '../block.ts';
import { checkedFields, type FieldsOf } from '../fields.ts';
import type { TemplateId } from '../templates.ts';
import { congratulation } from './congratulation.ts';
import { letter1 } from './letter-1.ts';
import { letter2 } from './letter-2.ts';
import { meetingInvitation } from './meeting-invitation.ts';
import { noticeToImprove } from './notice-to-improve.ts';
import { referralNotice } from './referral-notice.ts';

const wordings: { [T in TemplateId]: (fields: FieldsOf<T>) => Wording } = {
  'letter-1': letter1,
  'letter-2': letter2,
  congratulation,
  'meeting-invitation': meetingInvitation,
  'referral-notice': referralNotice,
  'notice-to-improve': noticeToImprove,
};

/**
 * What a letter says, from its fields.
 * @throws MissingField if the letter lacks something it must say.
 */
export function wordingOf<T extends TemplateId>(template: T, fields: unknown): Wording {
  return wordings[template](checkedFields(template, fields));
}
