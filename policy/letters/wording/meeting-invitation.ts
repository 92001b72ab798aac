import { longDay } from '../../calendar/day.ts';
import type { Wording } from '../block.ts';
import { head, list, say } from '../block.ts';
import type { FieldsOf } from '../fields.ts';
import { missed, neutralSubject, note, reach, record, since } from './parts.ts';

/** An invitation to a meeting that agrees targets and support. */
export const meetingInvitation = (fields: FieldsOf<'meeting-invitation'>): Wording => ({
  subject: neutralSubject(fields),
  title: 'Please come to a meeting about attendance',
  blocks: [
    say(
      `${fields.pupil.name} has now missed ${missed(fields)} of school since ${since(fields)}. ${sinceThen(fields)} We would like to hear from you what would help.`,
    ),
    say(`Please come to a meeting at school on ${longDay(fields.meeting.on)} at ${fields.meeting.at}.`),
    record(fields),
    ...note(fields),
    head('What the meeting is for'),
    list(
      'To hear what makes it hard to come to school.',
      'To agree targets and the help that goes with them, and to write them down.',
      'To fix the day on which we look at them again.',
    ),
    say(
      'Your child may come too. You may bring someone with you. You do not need to bring medical papers unless we ask for them.',
    ),
    head('If you cannot come'),
    say('Call us before the day. We can meet by video or telephone, or outside school hours.'),
    ...reach(fields),
  ],
});

const sinceThen = ({ secondLetterOn }: FieldsOf<'meeting-invitation'>): string =>
  secondLetterOn === null
    ? 'That is more than we expect at this time of year.'
    : `The target in our letter of ${longDay(secondLetterOn)} was not met.`;
