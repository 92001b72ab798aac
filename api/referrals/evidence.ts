import { type Day, longDay, shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import type { Referred, Returned } from '../../policy/case/referred.ts';
import { counted } from '../../policy/counted.ts';
import { pounds } from '../../policy/law/pounds.ts';
import { lawOn } from '../../policy/law/rule-sets.ts';
import { missingWords, requirementWords, supportWords } from '../../policy/referral/words.ts';
import { codeOn } from '../../policy/register/codes.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import type { PenaltyNotice, ReferralFacts } from './shapes.ts';

/** What the school wrote with the referral, and what it was returned for before, a row each. */
export const referredRows = ({ words, before }: Referred): string[][] => [
  ...before.map((one) => [`Returned on ${shortDay(one.on)}`, returnedWords(one)]),
  ...(words === null ? [] : [['The school writes', words]]),
];

/** Why a referral was returned, in the officer's words as well: "Missing: Letters sent, with dates and proof. “No proof of post”" */
export const returnedWords = ({ missing, words }: Pick<Returned, 'missing' | 'words'>): string =>
  `Missing: ${missingWords(missing)}${words === null ? '' : `. “${words}”`}`;

/** What was tried at the authority, a row each. */
export function toolRows({
  attempts,
  contract,
  improvement,
}: Pick<ReferralFacts, 'attempts' | 'contract' | 'improvement'>): string[][] {
  const meetings = attempts.map(({ on, why }) => [
    `Meeting on ${shortDay(on)}`,
    why === 'refused' ? 'A contract was refused' : 'Nobody came',
  ]);
  const notice = improvement && [
    'Notice to improve',
    `${capital(improvement.status)}. ${longDay(improvement.from)} to ${longDay(improvement.until)}, ${improvement.target / 100}% wanted${improvement.window ? `, ${improvement.window.percent} attended` : ''}`,
  ];
  return [...meetings, ...(contract ? contractRows(contract) : []), ...(notice ? [notice] : [])];
}

/** A contract: with whom and for how long, and what each side has promised. */
const contractRows = (contract: NonNullable<ReferralFacts['contract']>): string[][] => [
  [
    'Attendance contract',
    `${capital(contract.status)}. With ${contract.parties.map(({ name }) => name).join(' and ')}, agreed on ${longDay(contract.agreedOn)}, until ${longDay(contract.until)}; reviews on ${contract.reviews.map(shortDay).join(', ')}`,
  ],
  ['What the parents undertake', requirementWords(contract.requirements)],
  ['Support that is given', supportWords(contract.support)],
];

/** A penalty notice in one row: to whom, how it stands, what is to be paid by when. */
export function noticeWords(referralId: string, { id, parent, status, statusOn, issued }: PenaltyNotice) {
  const reduced =
    issued?.discountUntil && issued.discountPence !== null
      ? `${pounds(issued.discountPence)} by ${shortDay(issued.discountUntil)}, `
      : '';
  return {
    to: parent,
    status: `${capital(status)}, ${shortDay(statusOn)}`,
    dates: issued ? `${reduced}${pounds(issued.fullPence)} by ${shortDay(issued.fullUntil)}` : unissued(status),
    href: issued ? `/referrals/${referralId}/notices/${id}` : null,
  };
}

const unissued = (status: PenaltyNotice['status']): string =>
  status === 'requested' || status === 'authorised' ? 'Not issued yet' : 'Nothing: it was not issued';

/** The national threshold, with its sessions in words, and which notice rests on some of them: none is punished twice. */
export function thresholdWords({ evidence, notices }: Pick<ReferralFacts, 'evidence' | 'notices'>, today: Day) {
  const { met, count, sessions } = evidence.threshold;
  const needed = lawOn(today).threshold.value?.sessions ?? 0;
  const rests = notices.flatMap(({ parent, issued, status, sessions: its }) => {
    const shared = sessions.filter(({ session }) => its.includes(session)).length;
    if (!issued || status === 'withdrawn' || shared === 0) return [];
    return [` The notice to ${parent} of ${shortDay(issued.issuedOn)} rests on ${shared} of them.`];
  });
  return {
    says: `${counted(count, 'session')}. A penalty notice is to be considered at ${needed}: the national threshold is ${met ? '' : 'not '}met.${rests.join('')}`,
    sessions: sessions.map(
      ({ session, code, source }) =>
        `${sessionWords(session)}: ${codeOn(code, session.slice(0, 10)).words} (${code})${source === null ? '' : `, at another school (${source})`}`,
    ),
  };
}
