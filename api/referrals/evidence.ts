import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { pounds } from '../../policy/law/pounds.ts';
import { capital, sessionWords } from '../web/shapes.ts';
import type { PenaltyNotice, ReferralFacts } from './shapes.ts';

type Parent = ReferralFacts['evidence']['parents'][number];

/** A parent, as the page names one. */
export const parentWords = ({ name, relationship, parentalResponsibility, livesWith, address, because }: Parent) => ({
  name,
  how: [
    capital(relationship),
    ...(parentalResponsibility ? ['parental responsibility'] : []),
    ...(livesWith ? ['the child lives there'] : []),
  ].join(', '),
  address: address.join(', '),
  not: because,
});

/** What was tried at the authority, a row each. */
export function toolRows({ attempts, contract, improvement }: ReferralFacts): string[][] {
  const meetings = attempts.map(({ on, why }) => [
    `Meeting on ${shortDay(on)}`,
    why === 'refused' ? 'A contract was refused' : 'Nobody came',
  ]);
  const agreed = contract && [
    'Attendance contract',
    `${capital(contract.status)}. With ${contract.parties.map(({ name }) => name).join(' and ')}, until ${longDay(contract.until)}; reviews on ${contract.reviews.map(shortDay).join(', ')}`,
  ];
  const notice = improvement && [
    'Notice to improve',
    `${capital(improvement.status)}. ${longDay(improvement.from)} to ${longDay(improvement.until)}, ${improvement.target / 100}% wanted${improvement.window ? `, ${improvement.window.percent} attended` : ''}`,
  ];
  return [...meetings, ...(agreed ? [agreed] : []), ...(notice ? [notice] : [])];
}

/** A penalty notice in one row: to whom, how it stands, what is to be paid by when. */
export function noticeWords(referralId: string, { id, parent, status, statusOn, issued }: PenaltyNotice) {
  const reduced =
    issued?.discountUntil && issued.discountPence !== null
      ? `${pounds(issued.discountPence)} by ${shortDay(issued.discountUntil)}, `
      : '';
  return {
    to: parent,
    status: `${capital(status)}, ${shortDay(statusOn)}`,
    dates: issued ? `${reduced}${pounds(issued.fullPence)} by ${shortDay(issued.fullUntil)}` : '',
    href: issued ? `/referrals/${referralId}/notices/${id}` : null,
  };
}

/** The national threshold, with its sessions in words. */
export const thresholdWords = ({ met, count, sessions }: ReferralFacts['evidence']['threshold']) => ({
  ...{ met, count },
  sessions: sessions.map(({ session, code }) => `${sessionWords(session)}: ${code}`),
});
