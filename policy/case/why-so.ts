import { type Condition, conditionsIn } from '../pack/condition.ts';
import { factSaid } from '../register/measures/catalogue.ts';
import type { Circumstances } from './circumstances.ts';
import { figureAsked, figureHolds } from './figure-condition.ts';

/** The figures that make a condition so, as a person reads them: "3 school days in a row absent without a reason, 14 Sep to 16 Sep". */
export const whySo = (when: Condition, c: Circumstances): string =>
  conditionsIn(when)
    .flatMap(({ figure }) =>
      figure && !c.assumed && figureHolds(figure, c) ? [factSaid(figure.of, figureAsked(figure, c))] : [],
    )
    .join('; ');
