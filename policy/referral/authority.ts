import { parseDocument } from 'yaml';
import { z } from 'zod';
import { schoolDays } from '../pack/amount.ts';
import { isOfficer, roles } from '../people/roles.ts';
import { Refusal } from '../refusal.ts';

const schoolWeeks = z
  .int()
  .min(3, 'A notice to improve runs for 3 to 6 school weeks')
  .max(6, 'A notice to improve runs for 3 to 6 school weeks');

/** How one local authority does what the law leaves to it. */
export const AuthorityProfile = z.strictObject({
  authority: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string(),
  'notice to improve': z
    .strictObject({
      'school weeks': z.strictObject({ 'at least': schoolWeeks, 'at most': schoolWeeks }),
      'issued by': z.enum(['authority', 'school']),
      /** A penalty notice needs one that was not met, unless support is not appropriate. */
      'before a penalty notice': z.boolean(),
    })
    .refine(({ 'school weeks': weeks }) => weeks['at least'] <= weeks['at most'], '"at least" is more than "at most"'),
  waiting: z.strictObject({ 'remind after': schoolDays, 'escalate after': schoolDays.optional() }),
  /** Who decides as well as another, and is asked when that one has not for so long: nobody, where it is silent. */
  'stands in': z
    .partialRecord(z.enum(roles), z.enum(roles))
    .refine(
      ({ headteacher }) => headteacher === undefined || !isOfficer(headteacher),
      'No officer authorises a penalty notice for a school: let somebody of the school stand in for the headteacher, or nobody',
    )
    .default({}),
});
export type AuthorityProfile = z.infer<typeof AuthorityProfile>;

/**
 * Reads an authority's profile from its YAML 1.2 text.
 * @throws Refusal('BadInput') that names the file, the place and the cure.
 */
export function readAuthority(text: string, fileName: string): AuthorityProfile {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true });
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken) throw new Refusal('BadInput', `${fileName}: ${broken.message}`);
  const parsed = AuthorityProfile.safeParse(document.toJS());
  if (!parsed.success)
    throw new Refusal('BadInput', `${fileName} is not an authority's profile:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
