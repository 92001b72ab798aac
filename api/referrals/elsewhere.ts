import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { longDay } from '../../policy/calendar/day.ts';
import { isOfficer, officers } from '../../policy/people/roles.ts';
import { elsewhereOutcomes } from '../../policy/referral/words.ts';
import { Refusal } from '../../policy/refusal.ts';
import { keepElsewhere, takeElsewhereBack } from '../../prisma/notices-elsewhere.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { textIdFor } from '../engine/say.ts';
import { choice, date, line, options, radios, text } from '../layout/fields.ts';
import { formOf } from '../web/form-of.ts';
import type { Ctx, View } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import { pupilName } from '../web/shapes.ts';
import { elsewhereFacts, elsewhereRows } from './elsewhere-facts.ts';
import { referralAt } from './facts.ts';
import { Id, readers } from './reach.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>;

const named = z.enum(Object.keys(elsewhereOutcomes) as [keyof typeof elsewhereOutcomes], 'Choose what came of it');
const short = (missing: string) => z.string().trim().min(1, missing).max(200, 'Write at most 200 characters');

/** What an officer says of penalty notices that somebody else issued. */
export const ElsewhereDeed = z
  .discriminatedUnion(
    'do',
    [
      z.strictObject({
        do: z.literal('record'),
        contactId: z.uuid('Choose the parent'),
        issuer: short('Enter who issued it').describe('The authority or school, or "before Firstbell"'),
        issuedOn: z.iso.date('Enter the day of issue'),
        outcome: named,
        source: short('Enter how it is known').describe('Who said so, and where it is written'),
      }),
      z.strictObject({
        do: z.literal('take back'),
        notice: z.uuid('Choose the notice'),
        reason: z.string().trim().min(1, 'Write why it was a mistake').max(500, 'Write at most 500 characters'),
      }),
    ],
    'Choose what to do',
  )
  .meta({ id: 'ElsewhereDeed', description: 'Record a penalty notice that somebody else issued, or take one back' });

/**
 * Records or takes back, once. It counts as the notices issued here do, and open referrals of the child look at once whether what
 * they ask has its ground still.
 * @throws Refusal('NotAllowed') for a day that has not come, or who is no contact of the pupil.
 */
async function say(ctx: Asking, id: string, deed: z.infer<typeof ElsewhereDeed>): Promise<void> {
  const { deps, user, at } = ctx;
  const { pupil, school } = await referralAt(ctx, id);
  if (deed.do === 'take back') {
    return takeElsewhereBack(deps.db, { id: deed.notice, pupilId: pupil.id, why: deed.reason }, user, new Date(at));
  }
  const { contactId, issuer, issuedOn, outcome, source } = deed;
  if (!pupil.contacts.some((link) => link.contactId === contactId))
    throw new Refusal('NotAllowed', 'That person is no contact of this pupil', { concerns: 'contactId' });
  if (issuedOn > todayAt(school, at))
    throw new Refusal('NotAllowed', 'That day has not come: enter the day on which it was issued', { concerns: 'issuedOn' });
  const notice = { referralId: id, pupilId: pupil.id, contactId, issuer, issuedOn, status: outcome, source };
  return keepElsewhere(deps.db, { id: textIdFor(ctx), ...notice }, user, new Date(at));
}

async function view(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string, typed: Record<string, unknown> = {}): Promise<View> {
  const found = await referralAt(ctx, id);
  const notices = await elsewhereFacts(ctx.deps, found);
  const standing = notices.filter(({ recorded, takenBack }) => recorded && takenBack === null);
  const parents = found.pupil.contacts.map(({ contactId: value, contact }) => ({ value, text: contact.fullName }));
  return {
    template: 'referrals/elsewhere.njk',
    model: {
      ...{ href: `/referrals/${id}/elsewhere`, referralHref: `/referrals/${id}`, pupil: pupilName(found.pupil) },
      rows: elsewhereRows(notices),
      mayAct: isOfficer(ctx.user.role),
      choices: [
        choice(
          'record',
          'Record a notice',
          radios('contactId', 'To whom?', parents),
          line('issuer', 'Who issued it?', 'The authority or the school; or what was used before Firstbell.'),
          date('issuedOn', 'Issued on'),
          radios('outcome', 'What came of it?', options(elsewhereOutcomes)),
          line('source', 'How is it known?', 'Who said so, and where it is written.'),
        ),
        ...(standing.length === 0
          ? []
          : [
              choice(
                'take back',
                'Take one back that was recorded by mistake',
                radios(
                  'notice',
                  'Which?',
                  standing.map(({ id: value, to, issuedOn, issuer }) => ({
                    value,
                    text: `${to}, ${longDay(issuedOn)}, ${issuer}`,
                  })),
                ),
                text('reason', 'Why was it a mistake?', 'It is kept in the record.'),
              ),
            ]),
      ],
      typed,
      decisionKey: typed.decisionKey ?? randomUUID(),
    },
  };
}

const typedText = z.string().trim().default('');
const Form = z
  .object({
    ...{ decisionKey: z.uuid(), do: typedText, contactId: typedText, issuer: typedText, issuedOn: typedText },
    ...{ outcome: typedText, source: typedText, notice: typedText, reason: typedText },
  })
  .transform(({ do: what, contactId, issuer, issuedOn, outcome, source, notice, reason }, ctx) =>
    formOf(
      ElsewhereDeed,
      what === 'take back' ? { do: what, notice, reason } : { do: what, contactId, issuer, issuedOn, outcome, source },
      ctx,
    ),
  );

/** Penalty notices for the child that somebody else issued: they count among the two in three years as ours do. */
export const elsewhereRoutes = [
  page({
    path: '/referrals/:id/elsewhere',
    may: readers,
    summary: 'Penalty notices for the child that were issued elsewhere',
    params: Id,
    handle: (ctx) => view(ctx, ctx.params.id),
  }),
  form({
    path: '/referrals/:id/elsewhere',
    may: officers,
    summary: 'Record a penalty notice that was issued elsewhere, or take one back',
    params: Id,
    body: Form,
    handle: async (ctx) => {
      await say(ctx, ctx.params.id, ctx.body);
      return { goTo: `/referrals/${ctx.params.id}/elsewhere`, say: 'It is in the record.' };
    },
    again: (ctx) => view(ctx, ctx.params.id, ctx.body),
  }),
  api({
    ...{ method: 'post', path: '/referrals/:id/elsewhere', name: 'sayNoticeElsewhere', may: officers },
    summary: 'Record a penalty notice that was issued elsewhere, or take one back',
    more: 'It counts among the two in three years as those issued here do, in every referral of the child.',
    params: Id,
    body: ElsewhereDeed,
    reply: z.object({ recorded: z.literal(true) }),
    handle: async (ctx) => {
      await say(ctx, ctx.params.id, ctx.body);
      return { recorded: true as const };
    },
  }),
];
