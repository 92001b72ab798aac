import { z } from 'zod';
import { schoolRoles } from '../../policy/people/roles.ts';

/** Who may read a proposal of a case, and decide it if the policy names their role. */
export const school = schoolRoles;
export const Params = z.object({ matterId: z.uuid(), key: z.string().regex(/^[\w-]{1,60}$/) });
export const OneLetter = Params.extend({ n: z.coerce.number().int().nonnegative() });
export const OneEnclosure = Params.extend({ number: z.coerce.number().int().positive() });
export const List = z.object({
  after: z.string().max(100).optional().describe('Where the page begins: the "next" of the page before'),
});
