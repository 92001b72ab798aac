import { longDay } from '../../calendar/day.ts';
import type { Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { missed, neutralSubject, note, reach, record, since } from './parts.ts';

/** Tells a parent that the school has referred to the authority, what was shared and what may follow. */
export const referralNotice = (fields: FieldsOf<'referral-notice'>): Wording => ({
  subject: neutralSubject(fields),
  title: `We have asked ${fields.authority} for help with attendance`,
  blocks: [
    say(
      `${fields.pupil.name} has missed ${missed(fields)} of school since ${since(fields)}, and what we have tried together has not been enough. On ${longDay(fields.referredOn)} we referred this to the education welfare service of ${fields.authority}.`,
    ),
    record(fields),
    ...note(fields),
    head('What we shared'),
    list(...fields.shared),
    head('What happens next'),
    say(
      'An education welfare officer will contact you. They may offer more support or an attendance contract, which you are free to agree to or not. If attendance does not improve they may also consider a notice to improve, a penalty notice, an education supervision order or prosecution. They look at support first.',
    ),
    ...reach(fields),
  ],
});
