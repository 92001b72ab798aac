import { type Condition, conditionsIn } from '../pack/condition.ts';
import { figureSaid } from '../register/measures/words.ts';
import type { Circumstances } from './circumstances.ts';
import { figureAsked, figureHolds } from './figure-condition.ts';

/** The figures that make a condition so, as a person reads them: "Absent days in a row now, unexplained: 3 school days, 14 Sep to 16 Sep". */
export const whySo = (when: Condition, c: Circumstances): string =>
  conditionsIn(when)
    .flatMap(({ figure }) => {
      if (!figure || c.assumed || !figureHolds(figure, c)) return [];
      const found = figureAsked(figure, c);
      return [`${found.label}: ${figureSaid(found)}`];
    })
    .join('; ');
