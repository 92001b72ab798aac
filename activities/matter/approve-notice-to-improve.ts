import { longDay } from '../../policy/calendar/day.ts';
import { supportKinds } from '../../policy/case/decision.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { lawOn } from '../../policy/law/rule-sets.ts';
import { offenceLines } from '../../policy/letters/offence-lines.ts';
import type { ReferralEvent } from '../../policy/referral/event.ts';
import type { ReferralState } from '../../policy/referral/state.ts';
import { earlyGroundsAsTold } from '../../policy/referral/words.ts';
import type { Tx } from '../../prisma/client.ts';
import type { Follow } from '../../workflows/messages.ts';
import { writeLetterRows } from './letter-rows.ts';
import { supportLines } from './own-fields.ts';
import type { ReferralFacts } from './referral-facts.ts';

type Issued = Extract<ReferralEvent, { type: 'notice to improve issued' }>;

/** The notice to improve, with its eight parts, to each parent. Amounts are those of the rule set in force on its day. */
export async function approveNoticeToImprove(
  tx: Tx,
  facts: ReferralFacts,
  { contract }: ReferralState,
  issued: Issued,
  byUser: string | null,
): Promise<Follow[]> {
  const { row, school, pupil, circumstances, now } = facts;
  const authority = await tx.authority.findUniqueOrThrow({ where: { id: row.authorityId } });
  const officer = await tx.user.findUnique({ where: { id: byUser ?? '' } });
  const { offers } = row.case.state as unknown as CaseState;
  const { first, second, most } = lawOn(circumstances.on);
  // Its letterhead and its telephone are those of whoever issues it: the authority, or the school where its code says so.
  const { name, address, phone, email } = officer?.schoolId ? school : authority;
  const own = {
    school: { name, address, phone, email },
    pupilsSchool: school.name,
    monitoring: { from: issued.from, until: issued.until },
    targetPercent: `${issued.target / 100}%`,
    offences: offenceLines(issued.sessions, circumstances.marks),
    supportOffered: stillOffered(offers, contract),
    earlyGrounds: issued.earlyGrounds.map((ground) => earlyGroundsAsTold[ground]),
    amounts: { first: first.value, second: second.value, years: most.value?.years ?? null },
    contact: { name: officer?.name, phone, email },
  };
  return writeLetterRows(tx, {
    matterId: row.id,
    caseId: row.caseId,
    proposal: issued.key,
    template: issued.template,
    letters: issued.letters,
    words: issued.words,
    school,
    pupil,
    register: { ...circumstances, now, onRollFrom: circumstances.pupil.onRollFrom },
    recallMinutes: school.recallMinutes ?? 30,
    byUser,
    own: (contactId) => ({ ...own, supportSoFar: supportSoFar(offers, contract, contactId) }),
  });
}

type Offers = CaseState['offers'];
type Contract = ReferralState['contract'];

/** What was done before. Of a contract only those are told who agreed to it. */
const supportSoFar = (offers: Offers, contract: Contract, contactId: string): string[] => [
  ...(offers.length > 0
    ? supportLines({ offers }, 'Support that was offered')
    : ['We offered to meet and to talk about what would help.']),
  ...(contract?.parties.includes(contactId) ? [`You agreed to an attendance contract on ${longDay(contract.agreedOn)}.`] : []),
];

/** What this family was named before and can still take up: no more is promised than somebody has said. */
function stillOffered(offers: Offers, contract: Contract): string[] {
  const kinds = new Set([...offers.map(({ kind }) => kind), ...(contract?.support ?? [])]);
  kinds.delete('other');
  return kinds.size > 0
    ? [...kinds].map((kind) => `${supportKinds[kind]}.`)
    : ['A talk with you about what would help, at school or by telephone.'];
}
