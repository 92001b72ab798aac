import { z } from 'zod';
import { officers } from '../../policy/people/roles.ts';
import { When } from '../figures/reach.ts';

/**
 * Who reads figures over several schools: a trust's leads those of its schools, an authority's officers those of its area, as DfE has
 * both look at attendance school by school (Working together to improve school attendance, August 2024).
 *
 * They are numbers alone. Which pupil is behind one a trust lead finds on the pages of the school. To an officer a pupil has a name
 * once the school has said it: by referral, or in a return (SI 2024/208 reg 13), which names those who miss ten days or are ill for
 * fifteen and nobody else. Nothing here names one before.
 */
export const overseers = ['trust-lead', ...officers] as const;

export const Asked = When;
export const Seen = When.extend({ as: z.enum(['csv', 'stages']).optional() });
