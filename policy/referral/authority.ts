import { z } from 'zod';
import type { Day } from '../calendar/day.ts';
import { duration, schoolDays } from '../pack/amount.ts';
import { stillSaid } from '../pack/kept-text.ts';
import { type SourceText, sourceText } from '../pack/source-text.ts';
import { type Misread, misreadIn, understoodAs } from '../pack/understood-as.ts';
import { isOfficer, type Role, roles } from '../people/roles.ts';

const schoolWeeks = z
  .int()
  .min(3, 'A notice to improve runs for 3 to 6 school weeks')
  .max(6, 'A notice to improve runs for 3 to 6 school weeks');

/** Where it is written, and how sure we are of it: read in the authority's own document, or in one that restates it. */
const known = { source: z.string(), status: z.enum(['confirmed', 'second-hand', 'interpretation']) };

/** What a school asks of its authority, or gives it. */
const matter = z.enum(['referral', 'notice to improve', 'penalty notice request', 'leave taken without permission', 'returns']);

const NoticeToImprove = z
  .strictObject({
    'school weeks': z.strictObject({ 'at least': schoolWeeks, 'at most': schoolWeeks }),
    'issued by': z.enum(['authority', 'school']),
    /** A penalty notice needs one that was not met, unless support is not appropriate. */
    'before a penalty notice': z.boolean(),
    source: known.source.optional(),
    status: known.status.optional(),
  })
  .refine(({ 'school weeks': weeks }) => weeks['at least'] <= weeks['at most'], '"at least" is more than "at most"');

const notAsked = 'not asked';
const daysAsked = `Write a number of school days from 1 to 100, or ${notAsked}`;

const AttendanceReturn = z.strictObject({
  /**
   * How many days of absence that are not in a row make a pupil one for the return, as one who fails to attend regularly (SI
   * 2024/208 reg 13 leaves open who does): null where the authority asks for no number.
   */
  'irregular absence': z
    .union([z.int().min(1, daysAsked).max(100, daysAsked), z.literal(notAsked, daysAsked)], daysAsked)
    .transform((days) => (days === notAsked ? null : days)),
  source: known.source.optional(),
  status: known.status.optional(),
});

/** What a deputy or an assistant headteacher can be here. Nobody else authorises a penalty notice for a headteacher (local codes of conduct). */
const deputies: readonly Role[] = ['sal', 'dsl', 'senco'];

/** Why one role cannot stand in for another; null if it can. What the law gives to one side is never decided by the other. */
function whyNoStandIn(of: Role, other: Role): string | null {
  if (isOfficer(of)) return isOfficer(other) ? null : 'Only an officer decides for an officer: name ewo or ewo-lead, or nobody';
  if (of !== 'headteacher')
    return isOfficer(other) ? 'No officer decides for a school: name somebody of the school, or nobody' : null;
  if (isOfficer(other))
    return 'No officer authorises a penalty notice for a school: let somebody of the school stand in for the headteacher, or nobody';
  if (deputies.includes(other)) return null;
  return `Only a deputy or an assistant headteacher authorises a penalty notice for the headteacher: name what one of them is here (${deputies.join(', ')}), or nobody`;
}

/** How one local authority does what the law leaves to it. */
export const AuthorityProfile = z.strictObject({
  authority: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string(),
  /** The day from which on it holds, for what begins then. Left out: the day on which it is kept. */
  'in force': z.strictObject({ from: z.iso.date('Write a day, as "2027-09-01"') }).optional(),
  /** What the authority calls those whom a school refers to. */
  service: z.string().default('the education welfare service'),
  'notice to improve': NoticeToImprove,
  'attendance return': AttendanceReturn,
  waiting: z.strictObject({ 'remind after': schoolDays, 'escalate after': schoolDays.optional() }),
  /** Who decides as well as another, and is asked when that one has not for so long: nobody, where it is silent. */
  'stands in': z
    .partialRecord(z.enum(roles), z.enum(roles))
    .superRefine((standIns, ctx) => {
      for (const [of, other] of Object.entries(standIns) as [Role, Role][]) {
        const message = whyNoStandIn(of, other);
        if (message !== null) ctx.addIssue({ code: 'custom', path: [of], message });
      }
    })
    .default({}),
  /** The authority's own papers, which it wants filled in. */
  forms: z.array(z.strictObject({ for: matter, called: z.string(), ...known })).default([]),
  /** By when something has to be with the authority. */
  deadlines: z.array(z.strictObject({ for: matter, within: duration, after: z.string(), ...known })).default([]),
  /** The way that something goes to the authority. */
  routes: z.array(z.strictObject({ for: matter, by: z.string(), ...known })).default([]),
});
export type AuthorityProfile = z.infer<typeof AuthorityProfile>;

/** What a file of an authority's own says: of the rest, what the profile below it says. */
const Local = AuthorityProfile.partial().required({ authority: true, title: true });

/**
 * Reads an authority's profile from its YAML 1.2 text; what it does not say is as the profile says that it stands on.
 * @throws Refusal('BadInput') that names the file, the line, the column, the reason and the cure.
 */
export function readAuthority(text: string, fileName: string, below?: AuthorityProfile): AuthorityProfile {
  const isNone = "not an authority's profile that we can follow";
  const source = sourceText(text, fileName);
  if (!below) return understoodAs(source, AuthorityProfile, isNone);
  const local = understoodAs(source, Local, isNone);
  return { ...below, ...Object.fromEntries(saidIn(source).map((part) => [part, local[part]])) };
}

/** What a profile that was kept before says, and each thing in it that this release does not read and nobody follows. */
export type KeptAuthority = { profile: AuthorityProfile; unread: Misread[] };

/** Reads a text that is kept already: a release that no longer reads a part of it stops nobody, and says so. */
export function readKeptAuthority(text: string, fileName: string, below: AuthorityProfile): KeptAuthority {
  const still = stillSaid(sourceText(text, fileName), Local);
  const said = Object.fromEntries((still?.parts ?? []).map((part) => [part, still?.value[part as Part]]));
  return { profile: { ...below, ...said }, unread: wrongInProfile(text, fileName) };
}

/** The first day on which a profile says itself that it holds; null if it leaves that to who keeps it. */
export const inForceFrom = (says: Pick<AuthorityProfile, 'in force'>): Day | null => says['in force']?.from ?? null;

/** Each thing for which a text is none of an authority's own; nothing if it is one. */
export const wrongInProfile = (text: string, fileName: string): Misread[] =>
  misreadIn(sourceText(text, fileName), Local, 'Write it as the profiles in policy/packs/authorities are written');

type Part = keyof AuthorityProfile;

/** The texts of a profile as one, each over the one before; and the name of the last that says a part. */
export function profileJoined(layers: readonly { text: string; fileName: string }[]) {
  const texts = layers.map(({ text, fileName }) => sourceText(text, fileName));
  return {
    value: Object.assign({}, ...texts.map(({ value }) => value)) as Record<string, unknown>,
    layerOf: (part: PropertyKey | undefined): string =>
      texts.findLast((source) => saidIn(source).some((one) => one === part))?.fileName ?? '',
  };
}

/** The parts that a file says itself. */
export const saidIn = ({ value }: SourceText): Part[] => Object.keys(value ?? {}) as Part[];
