import { head, list, say } from '../block.ts';
import type { SharedFields } from '../fields.ts';
import type { Enclosure } from '../printed.ts';

/**
 * How parents work with the school and their child on attendance (Gloucestershire trust, Appendix 1, step 6). Leave in term
 * time is for exceptional circumstances only (School Attendance (Pupil Registration) (England) Regulations 2024, reg 11).
 */
export const leaflet = ({ school, authority }: SharedFields): Enclosure => ({
  kind: 'leaflet',
  title: 'Working together on attendance',
  from: school.name,
  blocks: [
    say(
      'Children who are in school every day learn more, keep their friends and feel that they belong. When coming to school is hard, we want to know early, and to help.',
    ),
    head('Days add up'),
    say('One day missed each week comes to 38 days in a school year. That is more than seven weeks of school.'),
    head('What you can do'),
    list(
      `Call us on ${school.phone} on the first morning that your child cannot come, and say why.`,
      'Tell us early if something at home or at school makes coming hard. Small worries are easier to put right.',
      'Keep to the same times for going to bed and for getting up on school days.',
      'Make appointments outside school time where you can. If you cannot, your child can come in before and after.',
      'Plan holidays for when school is closed. If you need leave in term time, ask us first. The law lets us agree only in exceptional circumstances.',
    ),
    head('If your child is ill'),
    say(
      'With a mild cough or cold, and no high temperature, your child can usually come. If you are not sure, the NHS website has advice: look for “Is my child too ill for school?”. If illness keeps your child away often, tell us, and we will plan with you.',
    ),
    head('What we do'),
    list(
      'We call you if your child is not here and we do not know why.',
      'We look at attendance each week, and tell you when we are worried.',
      'We listen to you and to your child, and agree with you what would help.',
    ),
    head('Who else can help'),
    say(
      `Your doctor can help with health, and with worries that make school hard. ${authority} has people who work with families. Ask us, and we will help you to reach them.`,
    ),
    head('How to reach us'),
    say(`Call ${school.phone} or write to ${school.email}.`),
  ],
});
