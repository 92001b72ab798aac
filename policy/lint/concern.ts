import { conditionsIn } from '../pack/condition.ts';
import { conditionsOf } from '../pack/conditions-of.ts';
import type { Rule } from './finding.ts';

/** A case that somebody opens for a concern, in a stage whose steps ask for figures first. */
export const concernRule: Rule = {
  id: 'concern-rests-on-figures',
  severity: 'warning',
  about: 'What is done about a concern waits for a figure that is not so',
  source: 'A concern is one whatever the figures say: a pupil who attends well is not passed over for it',
  find(pack) {
    const stage = pack['concern opens'];
    if (stage === undefined) return [];
    return conditionsOf(pack)
      .filter(({ path: [part, name, of] }) => part === 'stages' && name === stage && of !== 'next')
      .filter(({ when }) => conditionsIn(when).some(({ attendance, figure }) => attendance ?? figure))
      .map(({ path }) => ({
        path: [...path],
        why: `"${stage}" is where a case for a concern begins, whatever the figures say, and this asks for one`,
        cure: 'Take the condition out, or name with "concern opens" a stage whose steps rest on none',
      }));
  },
};
