/** Who tries policies on the school's register, and sees what came of it: it shows what would have happened to each pupil. */
export const triers = ['sal', 'headteacher', 'admin', 'trust-lead'] as const;
