/** Who may do what, by the field's own titles. A user has one role, at one school or one authority. */
export const roles = [
  'class-teacher',
  'attendance-officer',
  'sal',
  'headteacher',
  'dsl',
  'senco',
  'trust-lead',
  'ewo',
  'ewo-lead',
  'admin',
] as const;

export type Role = (typeof roles)[number];

/** The authority's people: the officer, and the lead of their team, who stands in. All others are a school's. */
export const officers = ['ewo', 'ewo-lead'] as const satisfies readonly Role[];
export const isOfficer = (role: Role): role is (typeof officers)[number] => officers.some((one) => one === role);
export const schoolRoles = roles.filter((role) => !isOfficer(role));

/** The title a page or a letter prints for a role. */
export const roleTitles: Record<Role, string> = {
  'class-teacher': 'Class teacher',
  'attendance-officer': 'Attendance officer',
  sal: 'Senior attendance lead',
  headteacher: 'Headteacher',
  dsl: 'Designated safeguarding lead',
  senco: 'SENCO',
  'trust-lead': 'Trust lead',
  ewo: 'Education welfare officer',
  'ewo-lead': 'Education welfare team lead',
  admin: 'Administrator',
};

/** The title within a sentence. What is an abbreviation stays one. */
export const titleOf = (role: Role): string => (role === 'senco' ? 'SENCO' : roleTitles[role].toLowerCase());
