import { z } from 'zod';
import { verdicts } from '../../policy/people/say.ts';
import { Person, PupilName } from '../web/shapes.ts';

const of = { id: z.uuid(), name: z.string() };

const LikeContact = z
  .object({
    ...{ ...of, email: z.string().nullable(), phone: z.string().nullable(), address: z.array(z.string()) },
    children: z.array(z.object({ ...PupilName.shape, relationship: z.string() })),
  })
  .meta({ id: 'LikeContact' });

const LikePupil = z
  .object({ ...of, className: z.string(), admissionNo: z.string(), upn: z.string(), born: z.iso.date() })
  .meta({ id: 'LikePupil' });

const because = z.array(z.string());

const Spoken = z.object({
  ...of,
  about: z
    .string()
    .describe('What tells this one from others of the name: the children of a contact, the class and number of a pupil'),
});

/** Who may be one person, and what was said of such so far. */
export const SamePeople = z
  .object({
    contacts: z.array(z.object({ first: LikeContact, second: LikeContact, because })).describe('May be one person'),
    pupils: z.array(z.object({ first: LikePupil, second: LikePupil, because })).describe('May be one pupil'),
    said: z.array(
      z.object({
        kind: z.enum(['contact', 'pupil']),
        ...{ first: Spoken, second: Spoken },
        verdict: z.enum(['one', 'two']),
        ...{ why: z.string(), at: z.iso.datetime() },
        by: Person.nullable().describe('Null if a contacts file said it, by giving both one number'),
      }),
    ),
    more: z.int().describe('How many contacts that look alike follow when these are answered; a hundred are given at a time'),
  })
  .meta({ id: 'SamePeople' });

const Pair = z.strictObject({ kind: z.enum(['contact', 'pupil']), first: z.uuid(), second: z.uuid() });

/** What is said of some that look alike. */
export const SaySame = z
  .strictObject({
    pairs: z.array(Pair).min(1, 'Choose at least one pair').max(500, 'Answer at most 500 pairs at once'),
    verdict: z.enum(verdicts, 'Say whether they are one person').describe('ask: what was said no longer holds'),
    why: z.string().trim().max(300, 'Write at most 300 characters').default('').describe('Kept with the grounds'),
  })
  .meta({ id: 'SaySame', description: 'Whether contacts that look alike are one person. Undone by saying something else' });

export const SaidSame = z
  .object({ changed: z.int().describe('Pairs of which something else is said now') })
  .meta({ id: 'SaidSame' });
