import { Refusal } from '../refusal.ts';
import { proceedingsRun } from './before-the-court.ts';
import type { ReferralTelling } from './telling.ts';

/**
 * Whatever ends a referral leaves nothing behind that nobody would look at again. Proceedings count for as long as somebody is asked
 * what came of them, also when another tool was chosen since.
 * @throws Refusal('NotAllowed') while a penalty notice is owed or proceedings run.
 */
export function mustBeSettled({ state }: ReferralTelling): void {
  const owed = Object.values(state.notices).some(({ status }) => ['issued', 'unpaid'].includes(status));
  if (owed) throw new Refusal('NotAllowed', 'A penalty notice is neither paid nor withdrawn: settle it before closing');
  if (proceedingsRun(state)) throw new Refusal('NotAllowed', 'Say first what came of the proceedings');
}
