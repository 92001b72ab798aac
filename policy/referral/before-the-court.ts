import type { Notice, ReferralState } from './state.ts';

/** The penalty notices whose offence is before the court now, by id: once it is said what came of the proceedings they are not. */
export const beforeTheCourt = ({ notices }: Pick<ReferralState, 'notices'>): [string, Notice][] =>
  Object.entries(notices).filter(([, { status, heardOn }]) => status === 'prosecuted' && heardOn === undefined);

/** True while somebody has still to say what came of proceedings, also when another tool was chosen since. */
export const proceedingsRun = ({ proceedings, proposals }: Pick<ReferralState, 'proceedings' | 'proposals'>): boolean =>
  proceedings || Object.values(proposals).some(({ action }) => action.what === 'record proceedings');
