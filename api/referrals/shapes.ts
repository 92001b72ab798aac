import { z } from 'zod';
import { supportKinds } from '../../policy/case/decision.ts';
import { ReferralDecision } from '../../policy/referral/decision.ts';
import { type ReferralAction, referralChoices } from '../../policy/referral/proposal.ts';
import type { Notice } from '../../policy/referral/state.ts';
import { earlyGrounds, missingParts, requirements } from '../../policy/referral/words.ts';
import { SupportPlan } from '../cases/plan.ts';
import { Attendance, PupilName, RoleName } from '../web/shapes.ts';

const named = <T extends Record<string, unknown>>(words: T) => z.enum(Object.keys(words) as [keyof T & string]);
const day = z.iso.date();
const hundredths = z.int().describe('In hundredths of a percent: 95% is 9500');
const sessions = z.array(z.string()).describe('As "2026-09-14 AM"');

/** A referral in a list. */
export const ReferralRow = z
  .object({
    id: z.uuid(),
    pupil: PupilName,
    school: z.string(),
    status: z.enum(['open', 'closed']),
    stage: z.string(),
    headline: z.string(),
    madeOn: day,
    nextOn: day.nullable(),
    nextWhy: z.string().nullable(),
  })
  .meta({ id: 'ReferralRow' });

const what = named(referralChoices) as z.ZodType<ReferralAction['what']>;
export const ReferralProposal = z
  .object({
    key: z.string(),
    version: z.int().describe('To be named by the decision'),
    status: z.enum(['open', 'held', 'asked']),
    heldUntil: day.nullable(),
    what,
    asked: z.string(),
    sentence: z.string().describe('Why, in one sentence'),
    changed: z.string().nullable().describe('What made this version differ from the one before it'),
    role: RoleName.describe('Who decides'),
    mine: z.boolean().describe('It waits for the token’s user'),
    dueOn: day,
    choices: z.array(z.enum(ReferralDecision.options.map(({ shape }) => shape.choice.value))),
    attendance: Attendance.describe('This year, when it was asked'),
    noticeId: z.uuid().nullable().describe('Of the penalty notice it is about'),
    contactId: z.uuid().nullable().describe('Of the parent it is about'),
    sessions: sessions.describe('That the notice to be authorised rests on'),
    window: Attendance.nullable().describe('In the period of the notice to improve'),
    target: hundredths.nullable().describe('Wanted in that period'),
  })
  .meta({ id: 'ReferralProposal' });

export const Parent = z
  .object({
    contactId: z.uuid(),
    name: z.string(),
    relationship: z.string(),
    parentalResponsibility: z.boolean(),
    livesWith: z.boolean(),
    address: z.array(z.string()),
    addressSafe: z.boolean().describe('If not, no letter may go to that address or show it'),
    phone: z.string().nullable(),
    notCall: z.string().nullable().describe('Why not, if this person may not be rung'),
    mayWrite: z.boolean(),
    because: z.string().nullable().describe('Why not, if this person may not be written to'),
  })
  .meta({ id: 'Parent', description: 'A parent, or another whom the school knows for the child' });

const Contract = z
  .object({
    status: z.enum(['running', 'kept', 'not kept', 'ended']),
    agreedOn: day,
    until: day,
    parties: z.array(z.object({ contactId: z.string(), name: z.string() })),
    requirements: z.array(named(requirements)),
    support: z.array(named(supportKinds)),
    reviews: z.array(day),
    reviewed: z.array(z.object({ on: day, met: z.boolean() })),
  })
  .meta({ id: 'AttendanceContract' });

const Improvement = z
  .object({
    status: z.enum(['running', 'measured', 'improved', 'not improved', 'ended']),
    ...{ from: day, until: day, judgedOn: day, weeks: z.int(), target: hundredths },
    earlyGrounds: z.array(named(earlyGrounds)),
    window: Attendance.nullable().describe('Attended in the period'),
  })
  .meta({ id: 'NoticeToImprove' });

const noticeStatuses = [
  ...(['requested', 'authorised', 'not authorised', 'lapsed', 'issued', 'paid'] as const),
  ...(['unpaid', 'withdrawn', 'prosecuted', 'acquitted'] as const),
] as const satisfies Notice['status'][];

const Referred = z
  .object({
    words: z.string().nullable().describe('What the school wrote with it'),
    before: z
      .array(z.object({ on: day, missing: z.array(named(missingParts)), words: z.string().nullable() }))
      .describe('Earlier referrals of the same case that the authority returned'),
  })
  .meta({ id: 'Referred' });

export const PenaltyNotice = z
  .object({
    id: z.string(),
    contactId: z.string(),
    parent: z.string(),
    status: z.enum(noticeStatuses),
    statusOn: day,
    authorisedOn: day.nullable(),
    sessions: sessions.describe('That it rests on'),
    paidPence: z.int(),
    issued: z
      .object({
        ...{ postedOn: day, issuedOn: day, servedOn: day.describe('Presumed received') },
        order: z.literal([1, 2, 3]).describe('In the three years. 3 is a third or later, which the law does not allow'),
        against: z
          .string()
          .nullable()
          .describe(
            'What stood against it when it was posted all the same, or became known since, as that it is a third in three years; null if nothing did',
          ),
        ...{ discountPence: z.int().nullable(), discountUntil: day.nullable(), fullPence: z.int(), fullUntil: day },
      })
      .nullable(),
  })
  .meta({ id: 'PenaltyNotice', description: 'One notice: a parent and a child. Money in pence' });

/** A penalty notice for the child that none of the referrals here issued. */
export const ElsewhereNotice = z
  .object({
    id: z.uuid(),
    contactId: z
      .string()
      .nullable()
      .describe('Null where it is not certain that it went to a parent named here: it counts for nobody'),
    ...{ to: z.string(), issuer: z.string(), issuedOn: day, outcome: z.string(), source: z.string() },
    recorded: z.boolean().describe('By an officer; otherwise it is of the same child at another school here, by the UPN'),
    recordedBy: z.string().nullable(),
    isThird: z.boolean().describe('It stands, and is a third or later in three years, which the law does not allow'),
    takenBack: z.object({ by: z.string().nullable(), reason: z.string() }).nullable().describe('Then it counts no more'),
  })
  .meta({
    id: 'ElsewhereNotice',
    description: 'A penalty notice issued elsewhere: by another authority or school, or before Firstbell',
  });
export type ElsewhereNotice = z.infer<typeof ElsewhereNotice>;

/** All that the referral's page says, but for the stories and letters. */
export const ReferralFacts = z.object({
  ...ReferralRow.shape,
  caseId: z.uuid(),
  referred: Referred,
  asks: z.array(ReferralProposal),
  attempts: z.array(z.object({ on: day, why: z.enum(['refused', 'not attended']) })).describe('Meetings that led to no contract'),
  contract: Contract.nullable(),
  improvement: Improvement.nullable(),
  notices: z.array(PenaltyNotice),
  elsewhere: z.array(ElsewhereNotice),
  evidence: z.object({
    ...{ legalName: z.string(), born: day, upn: z.string(), yearGroup: z.int(), onRollFrom: day, onRollTo: day.nullable() },
    homeAuthority: z
      .string()
      .nullable()
      .describe('The authority in whose area the pupil lives, where it is another: support may come from it, this one acts'),
    flags: z.array(z.string()).describe('What makes a person look twice, as in the pupils file'),
    attendance: Attendance,
    case: z.object({ stage: z.string(), openedOn: day }),
    parents: z.array(Parent),
    threshold: z
      .object({
        ...{ met: z.boolean(), count: z.int() },
        sessions: z.array(
          z.object({
            ...{ session: z.string(), code: z.string() },
            elsewhere: z.boolean().describe('At another school'),
            source: z
              .string()
              .nullable()
              .describe('Of one elsewhere: which school, and who said so or that it is in its register here'),
          }),
        ),
      })
      .describe('The national threshold for considering a penalty notice, as the register stands today'),
    offers: SupportPlan.describe('The support plan'),
  }),
});
export type ReferralFacts = z.infer<typeof ReferralFacts>;
export type PenaltyNotice = z.infer<typeof PenaltyNotice>;
