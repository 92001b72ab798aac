import { randomUUID } from 'node:crypto';
import { allRoutes } from '../../api/all-routes.ts';
import type { Route } from '../../api/web/route.ts';

/** Things of one school, by the part of an address that names them. */
export type Known = {
  caseId: string;
  proposalKey: string;
  letterId: string;
  pupilId: string;
  importId: string;
  mappingId: string;
  returnId: string;
  periodId: string;
  changeId: string;
  referralId: string;
  referralKey: string;
  /** The referral that the notice belongs to. */
  noticeReferralId: string;
  noticeId: string;
  simulationId: string;
  /** Of the pupil. */
  leaveId: string;
};

const decision = { version: 1, decision: { choice: 'hold', until: '2027-06-01', text: 'x' } };
const note = { do: 'note', text: 'x' };
const support = { support: 'mentor', response: 'accepted', on: '2027-03-24' };
const correction = { on: '2027-03-02', session: 'AM', code: 'I', reason: 'x' };
const mark = { what: 'mark', on: '2027-03-02', session: 'AM', code: 'I' };
const leave = { from: '2027-05-10', to: '2027-05-11', reason: 'x', askedBy: 'x', receivedOn: '2027-03-02' };
const mistake = { decision: randomUUID(), reason: 'x' };
const ending = { do: 'remove', reason: 'x' };
const making = { version: 'x' };
const takeAbsenceBack = { do: 'take back', record: '00000000-0000-4000-8000-000000000000', reason: 'x' };
const takeBack = { do: 'take back', notice: '00000000-0000-4000-8000-000000000000', reason: 'x' };
const payment = { do: 'payment', paidOn: '2027-03-24' };

/** What would be taken at an address that is posted to, were it one's own. */
const bodies: Record<string, object> = {
  '/proposals/:matterId/:key': { version: '1', choice: 'hold', until: '2027-06-01', holdReason: 'x' },
  '/proposals/:matterId/:key/letters/:n': { version: '1', show: 'letter' },
  '/cases/:id': note,
  '/cases/:id/support': support,
  '/register/:id/marks': correction,
  '/register/:id/case': { concern: 'x' },
  '/register/:id/home-authority': { homeAuthority: 'x' },
  '/register/:id/leave': leave,
  '/register/:id/elsewhere': takeAbsenceBack,
  '/register/:id/leave/:requestId': { granted: 'yes', reason: 'x' },
  '/register/:id/leave/:requestId/mistaken': mistake,
  '/letters/:id': { do: 'posted' },
  '/imports/:id': { do: 'cancel' },
  '/imports/mappings/:id': {},
  '/simulations/:id': { do: 'delete' },
  '/simulations/:id/pupils/:pupilId': { n: '0', ...mark },
  '/calendar/periods/:id': ending,
  '/calendar/changes/:id': making,
  '/referrals/:id': note,
  '/referrals/:id/proposals/:key': { version: '1', choice: 'hold', until: '2027-06-01', text: 'x' },
  '/referrals/:id/proposals/:key/letters/:n': { version: '1', choice: 'hold', until: '2027-06-01', text: 'x' },
  '/referrals/:id/elsewhere': takeBack,
  '/referrals/:id/notices/:noticeId': { ...payment, amount: '80' },
  previewLetters: decision,
  previewLetterPdf: decision,
  decideProposal: decision,
  actOnCase: note,
  noteSupport: support,
  correctMark: correction,
  openCase: { text: 'x' },
  setHomeAuthority: { homeAuthority: 'x' },
  recordLeave: leave,
  sayAbsenceElsewhere: takeAbsenceBack,
  decideLeave: { granted: true, reason: 'x' },
  takeLeaveDecisionBack: mistake,
  makeCalendarChange: making,
  actOnLetter: { do: 'posted' },
  actOnImport: { do: 'cancel' },
  removeMapping: {},
  actOnSimulation: { do: 'delete' },
  tryOtherwise: { change: mark },
  previewNotices: decision,
  previewNoticePdf: decision,
  decideReferralProposal: decision,
  actOnReferral: note,
  sayNoticeElsewhere: takeBack,
  actOnPenaltyNotice: { ...payment, pence: 8000 },
};

/**
 * Every route whose address names something of a school, with that address and what would be taken there. A policy is no secret of
 * a school: everybody who may read policies may read each.
 */
export const addresses = (known: () => Known) =>
  allRoutes()
    .filter(({ path }) => path.includes(':') && !path.includes(':policy'))
    .map((route) => ({ route, at: () => addressOf(route.path, known()), body: () => bodyOf(route) }));

function bodyOf(route: Route): object | null {
  if (route.kind === 'page' || (route.kind === 'api' && route.method === 'get')) return null;
  const body = bodies[route.kind === 'api' ? route.name : route.path];
  if (!body) throw new Error(`Say in test/support/addresses.ts what ${route.path} would take`);
  return route.kind === 'form' ? { ...body, decisionKey: randomUUID() } : body;
}

function addressOf(path: string, known: Known): string {
  const noun = path.replace('/api/v1', '').split('/')[1] ?? '';
  const ofNotice = path.includes(':noticeId');
  const ids: Record<string, string> = {
    cases: known.caseId,
    letters: known.letterId,
    register: known.pupilId,
    imports: path.includes('/mappings/') ? known.mappingId : known.importId,
    simulations: known.simulationId,
    calendar: path.includes('/periods/') ? known.periodId : known.changeId,
    returns: known.returnId,
    referrals: ofNotice ? known.noticeReferralId : known.referralId,
  };
  const parts: Record<string, string | undefined> = {
    id: ids[noun],
    matterId: known.caseId,
    key: noun === 'referrals' ? known.referralKey : known.proposalKey,
    noticeId: known.noticeId,
    requestId: known.leaveId,
    pupilId: known.pupilId,
    n: '0',
    number: '1',
    className: '9A',
    yearGroup: '9',
  };
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`Say in test/support/addresses.ts what :${name} of ${path} is`);
    return part;
  });
}
