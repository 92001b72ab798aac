import { longDay } from '../../calendar/day.ts';
import type { Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { neutralSubject, note, record } from './parts.ts';

const pounds = (pence: number): string => `£${pence % 100 === 0 ? pence / 100 : (pence / 100).toFixed(2)}`;

/** A notice to improve with the eight things that it must contain (National Framework 2024). Amounts come from the rule set. */
export const noticeToImprove = (fields: FieldsOf<'notice-to-improve'>): Wording => {
  const { pupil, amounts, contact, monitoring } = fields;
  return {
    subject: neutralSubject(fields),
    title: `Notice to improve ${pupil.name}'s attendance`,
    blocks: [
      say(
        'This notice is a last chance to work with us before a penalty notice is considered. Please read it all, and call us if anything is unclear.',
      ),
      record(fields),
      head('Sessions missed without leave'),
      list(...fields.offences),
      head('Why this matters'),
      say(
        'Regular attendance gives every child the best chance to learn, make friends and be safe. By law a parent must see that a child of school age is educated, by regular attendance at school or otherwise. This is section 7 of the Education Act 1996.',
      ),
      head('Support so far'),
      list(...fields.supportSoFar),
      head('Support you can have now'),
      list(...fields.supportOffered),
      ...note(fields),
      head('What has to improve, and by when'),
      say(
        `From ${longDay(monitoring.from)} to ${longDay(monitoring.until)} ${pupil.name} must be in school for at least ${fields.targetPercent} of sessions. Absence for a good reason, such as illness, will be considered.`,
      ),
      head('If attendance does not improve'),
      say(
        `A penalty notice may be issued to each parent for each child: ${pounds(amounts.discountPence)} if paid within ${amounts.discountDays} days, ${pounds(amounts.fullPence)} if paid within ${amounts.fullDays} days. A second notice within three years is ${pounds(amounts.fullPence)}. If a notice is not paid, you may be prosecuted under section 444 of the Education Act 1996.`,
      ),
      head('When a penalty notice may come sooner'),
      list(...fields.earlyGrounds),
      head('Who to talk to'),
      say(`${contact.name}: ${contact.phone}, ${contact.email}.`),
    ],
  };
};
