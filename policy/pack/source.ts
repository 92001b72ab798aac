import { z } from 'zod';

/** Where a clause of a pack comes from: "Appendix 1, step 6", "6.6; 9.1", "The policy is silent; the school's own". */
export const source = z.string().describe('Where the policy says so: document and heading.');
