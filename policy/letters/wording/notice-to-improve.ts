import { longDay } from '../../calendar/day.ts';
import { pounds } from '../../law/pounds.ts';
import type { Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { neutralSubject, note, record } from './parts.ts';

type Amounts = FieldsOf<'notice-to-improve'>['amounts'];

/** "£80 if paid within 21 days, or £160 if paid within 28 days" */
const cost = ({ discountPence, discountDays, fullPence, fullDays }: Amounts['first']): string =>
  discountPence === null || discountDays === null
    ? `${pounds(fullPence)}, to be paid within ${fullDays} days`
    : `${pounds(discountPence)} if paid within ${discountDays} days, or ${pounds(fullPence)} if paid within ${fullDays} days`;

/** A notice to improve with the eight things that it must contain (National Framework 2024). Amounts come from the rule set. */
export const noticeToImprove = (fields: FieldsOf<'notice-to-improve'>): Wording => {
  const { pupil, amounts, contact, monitoring } = fields;
  return {
    subject: neutralSubject(fields),
    title: `Notice to improve ${pupil.name}’s attendance`,
    blocks: [
      say(
        `This notice is about ${pupil.name}, who goes to ${fields.pupilsSchool}. It is a last chance to work with us before a penalty notice is considered. Please read it all, and call us if anything is unclear.`,
      ),
      record(fields),
      head('Half days missed without leave that this notice rests on'),
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
        `From ${longDay(monitoring.from)} to ${longDay(monitoring.until)} ${pupil.name} must be in school for at least ${fields.targetPercent} of half days. Absence for a good reason, such as illness, will be considered.`,
      ),
      head('If attendance does not improve'),
      say('A penalty notice may be issued to each parent, for each child.'),
      list(
        `A first notice is ${cost(amounts.first)}.`,
        amounts.years === null
          ? `A second notice is ${cost(amounts.second)}.`
          : `A second notice within ${amounts.years} years is ${cost(amounts.second)}.`,
      ),
      say('If a notice is not paid, you may be prosecuted under section 444 of the Education Act 1996.'),
      head('When a penalty notice may come sooner'),
      list(...fields.earlyGrounds),
      head('Who to talk to'),
      say(`${contact.name}: ${contact.phone}, ${contact.email}.`),
    ],
  };
};
