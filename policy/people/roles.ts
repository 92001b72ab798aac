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
  'admin',
] as const;

export type Role = (typeof roles)[number];

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
  admin: 'Administrator',
};

/** The title within a sentence. What is an abbreviation stays one. */
export const titleOf = (role: Role): string => (role === 'senco' ? 'SENCO' : roleTitles[role].toLowerCase());
