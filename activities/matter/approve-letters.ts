import { addSchoolDays, nextSchoolDay, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { lastSent } from '../../policy/case/condition.ts';
import { supportKinds } from '../../policy/case/decision.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { checkedFields, MissingField } from '../../policy/letters/fields.ts';
import type { TemplateId } from '../../policy/letters/templates.ts';
import { type Role, roleTitles } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { yearToDate } from '../../policy/register/measures.ts';
import type { Tx } from '../../prisma/client.ts';
import { columnOf } from '../../prisma/day-column.ts';
import type { Follow } from '../../workflows/messages.ts';
import { letterRef } from '../letters/activities.ts';
import type { CaseFacts } from './keep-case.ts';

type Approved = Extract<CaseEvent, { type: 'letters approved' }>;

/**
 * Writes a row for each parent's own letter, with the figures it rests on, and has each delivered after the recall window.
 * @throws Refusal('NotAllowed') if a letter lacks something it must say: then nothing is approved.
 */
export async function approveLetters(
  tx: Tx,
  facts: CaseFacts,
  state: CaseState,
  approved: Approved,
  byUser: string | null,
): Promise<Follow[]> {
  const { row, school, circumstances } = facts;
  const minutes = school.recallMinutes ?? circumstances.pack.letters['recall window'];
  const releaseAt = circumstances.now + minutes * 60_000;
  const shared = await sharedFields(tx, facts, byUser);
  const own = templateFields(facts, state, approved);
  for (const { letterId, contactId, channel } of approved.letters) {
    const link = facts.pupil.contacts.find((one) => one.contactId === contactId);
    if (!link) throw new Error(`Contact ${contactId} is not a contact of the pupil`);
    const { fullName, address, postcode, language, email } = link.contact;
    const recipient = { name: fullName, address: [...address, ...(postcode ? [postcode] : [])], language, channel };
    const ref = letterRef(letterId, circumstances.now);
    const fields = complete(approved.template, { ...shared, ...own, ref, recipient, personalNote: approved.words });
    await tx.letter.create({
      data: {
        id: letterId,
        key: `${row.id}:${approved.key}:${contactId}`,
        matterId: row.id,
        caseId: row.id,
        schoolId: row.schoolId,
        pupilId: row.pupilId,
        contactId,
        template: approved.template,
        status: 'waiting',
        channel,
        approvedBy: byUser ?? '',
        approvedOn: columnOf(circumstances.on),
        releaseAt: new Date(releaseAt),
        fields,
        toAddress: channel === 'email' ? email : null,
        messageId: `<${letterId}@${school.email.split('@')[1] ?? 'firstbell.invalid'}>`,
      },
    });
  }
  return approved.letters.map(({ letterId }) => ({ what: 'letter', letterId, releaseAt }));
}

function complete(template: TemplateId, given: object): object {
  try {
    return checkedFields(template, given) as object;
  } catch (error) {
    if (error instanceof MissingField) throw new Refusal('NotAllowed', error.message, { cause: error });
    throw error;
  }
}

async function sharedFields(tx: Tx, { school, pupil, circumstances }: CaseFacts, byUser: string | null) {
  const { on, marks, onRollFrom } = circumstances;
  const signatory = await tx.user.findUnique({ where: { id: byUser ?? '' } });
  const authority = await tx.authority.findUniqueOrThrow({ where: { id: school.authorityId } });
  const start = schoolYearStart(on);
  const first = circumstances.calendar.days.find((day) => day >= start) ?? start;
  const from = onRollFrom > first ? onRollFrom : first;
  const { attended, possible, authorised, unauthorised } = yearToDate(marks, { from, to: on });
  return {
    issuedOn: on,
    school: { name: school.name, address: school.address, phone: school.phone, email: school.email },
    authority: authority.name,
    signatory: { name: signatory?.name, role: signatory ? roleTitles[signatory.role as Role] : undefined },
    pupil: { name: pupil.chosenName, className: pupil.className },
    figures: { from, asOf: lastSession(circumstances), attended, possible, authorised, unauthorised },
  };
}

const lastSession = ({ marks, on }: CaseFacts['circumstances']): string | undefined => {
  const last = marks.findLast((mark) => mark.on <= on);
  return last && `${last.on} ${last.session}`;
};

/** What this letter says that others do not. A part that is not known is left out, and the check names it. */
function templateFields({ circumstances }: CaseFacts, state: CaseState, { template, meeting }: Approved): object {
  const { calendar, on, pack } = circumstances;
  const wait = pack.stages[state.stage]?.wait;
  switch (template) {
    case 'letter-1':
      return {
        support: [
          'A member of staff your child trusts, to talk to at the start of the day.',
          'A talk with you about what would help, at school or by telephone.',
          'Help from others who work with families, if you would like it.',
        ],
      };
    case 'letter-2': {
      const from = nextSchoolDay(calendar, on);
      const until = wait && addSchoolDays(calendar, from, wait.for, { startCounted: true });
      return {
        firstLetterOn: lastSent(state, 'letter-1')?.on,
        monitoring: { from, until },
        targetPercent: wait && `${wait.target / 100}%`,
      };
    }
    case 'congratulation':
      return { monitored: state.judged && { from: state.judged.from, until: state.judged.until }, window: state.judged?.window };
    case 'meeting-invitation':
      return { meeting, secondLetterOn: lastSent(state, 'letter-2')?.on };
    case 'referral-notice':
      return {
        referredOn: state.referral?.on,
        shared: [
          'Your child’s attendance record.',
          'The letters we sent and the meetings we held or offered.',
          ...supportLines(state),
        ],
      };
    default:
      return {};
  }
}

const supportLines = ({ offers }: CaseState): string[] =>
  offers.length === 0
    ? []
    : [
        `The support we offered: ${offers.map(({ kind, response }) => `${supportKinds[kind].toLowerCase()} (${response})`).join('; ')}.`,
      ];
