import { longDay } from '../calendar/day.ts';
import { Refusal } from '../refusal.ts';
import { proceedingsRun } from './before-the-court.ts';
import { wentOut } from './notice-to-improve.ts';
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

/** A notice to improve or a contract that is not over ends with its referral, as nobody would judge it any more: that is said. */
export function endWhatRuns(t: ReferralTelling): void {
  const { improvement, contract } = t.state;
  if (improvement?.status === 'running' || improvement?.status === 'measured') {
    const told = wentOut(improvement) ? '. It had gone out: tell the parents' : '';
    const why = `The notice to improve, which ran until ${longDay(improvement.until)}, ended with the referral${told}`;
    t.add({ type: 'notice to improve ended', why });
  }
  if (contract?.status === 'running') {
    const why = `The attendance contract, which ran until ${longDay(contract.until)}, ended with the referral`;
    t.add({ type: 'contract ended', why });
  }
}
