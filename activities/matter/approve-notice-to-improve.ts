import { longDay } from '../../policy/calendar/day.ts';
import { supportKinds } from '../../policy/case/decision.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { lawOn } from '../../policy/law/rule-sets.ts';
import type { ReferralEvent } from '../../policy/referral/event.ts';
import type { ReferralState } from '../../policy/referral/state.ts';
import { earlyGrounds } from '../../policy/referral/words.ts';
import { codeOn } from '../../policy/register/codes.ts';
import type { Tx } from '../../prisma/client.ts';
import type { Follow } from '../../workflows/messages.ts';
import { supportLines } from './approve-letters.ts';
import { writeLetterRows } from './letter-rows.ts';
import type { ReferralFacts } from './referral-facts.ts';

type Issued = Extract<ReferralEvent, { type: 'notice to improve issued' }>;

/** The notice to improve, with its eight parts, to each parent. Amounts are those of the rule set in force on its day. */
export async function approveNoticeToImprove(
  tx: Tx,
  facts: ReferralFacts,
  _state: ReferralState,
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
    offences: issued.sessions.map((id) => offence(id, circumstances.marks)),
    supportSoFar: offers.length > 0 ? supportLines({ offers }) : ['We offered to meet and to talk about what would help.'],
    supportOffered: Object.values(supportKinds)
      .slice(0, 6)
      .map((text) => `${text}.`),
    earlyGrounds: issued.earlyGrounds.map((ground) => earlyGrounds[ground]),
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
    own: () => own,
  });
}

/** "Monday 5 October 2026, morning: holiday without leave" */
function offence(id: string, marks: ReferralFacts['circumstances']['marks']): string {
  const [on = '', session] = id.split(' ');
  const mark = marks.find((one) => one.on === on && one.session === session);
  const words = mark ? codeOn(mark.code, on).words.toLowerCase() : 'missed';
  return `${longDay(on)}, ${session === 'AM' ? 'morning' : 'afternoon'}: ${words}`;
}
