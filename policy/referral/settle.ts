import { contractReviewDue } from './contract.ts';
import { passedOnTo } from './escalation.ts';
import { noticeMeasured } from './notice-to-improve.ts';
import { unpaidNotices } from './payment.ts';
import { noticesGrounded } from './penalty-notice.ts';
import { propose } from './propose.ts';
import type { ReferralState } from './state.ts';
import type { ReferralTelling } from './telling.ts';
import { thirdsFound } from './third-notice.ts';

/** Lets all follow that follows by itself: held things come back, periods end, and whoever decides next is asked. */
export function settle(t: ReferralTelling): void {
  if (t.state.status === 'closed') return;
  heldReturn(t);
  noticesGrounded(t);
  thirdsFound(t);
  contractReviewDue(t);
  noticeMeasured(t);
  unpaidNotices(t);
  nextQuestion(t);
  reminders(t);
}

function heldReturn(t: ReferralTelling): void {
  for (const { key, status, heldUntil } of Object.values(t.state.proposals)) {
    if (status === 'held' && heldUntil !== null && t.c.on >= heldUntil) {
      t.add({ type: 'reopened', key, why: 'The date it was held until has come' });
    }
  }
}

/** If nothing is asked and nothing runs, somebody has to say what is done next: no referral is left lying. */
function nextQuestion(t: ReferralTelling): void {
  const { state } = t;
  const asks = (what: string) => Object.values(state.proposals).some(({ action }) => action.what === what);
  if (state.proceedings && !asks('record proceedings')) {
    propose(t, { what: 'record proceedings' }, 'Proceedings are with the court team: say what came of them');
  }
  if (runs(t.state) || Object.keys(t.state.proposals).length > 0) return;
  if (state.stage === 'received') propose(t, { what: 'accept referral' }, state.came);
  else propose(t, { what: 'decide tool' }, `${state.came}: decide what is done next`);
}

/** True while a contract, a notice to improve or a penalty notice takes its course. */
const runs = ({ contract, improvement, notices }: ReferralState): boolean =>
  contract?.status === 'running' ||
  improvement?.status === 'running' ||
  Object.values(notices).some(({ status }) => status === 'issued');

/** Reminds whoever has not decided, and later asks whoever stands in. Days without school do not count. */
function reminders(t: ReferralTelling): void {
  for (const proposal of Object.values(t.state.proposals)) {
    const { key, role, remindOn, reminded, status } = proposal;
    if (status !== 'open') continue;
    if (!reminded && t.c.on >= remindOn) t.add({ type: 'reminded', key, role });
    const passedOn = passedOnTo(proposal, t.c);
    if (passedOn && t.c.on >= passedOn.on) t.add({ type: 'escalated', key, role: passedOn.to });
  }
}
