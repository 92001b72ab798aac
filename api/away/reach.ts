import { schoolRoles } from '../../policy/people/roles.ts';

/** Who may name somebody to decide for them: the school's people. At the authority the lead of the team stands in. */
export const mayName = schoolRoles;
