import { randomUUID } from 'node:crypto';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import { titleOf } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { shown } from '../../policy/register/fraction.ts';
import { caseFor, namesOf } from '../../prisma/cases.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { packOf } from '../../prisma/packs.ts';
import { proposalFor } from '../../prisma/proposals.ts';
import { pupilFor } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { attendanceNow, sessionWords } from '../cases/attendance-now.ts';
import { timeline } from '../cases/timeline.ts';
import { counted } from '../layout/counted.ts';
import { delicateFlags } from '../layout/flags.ts';
import { contactsOf } from '../register/contacts.ts';
import type { Ctx, View } from '../web/route.ts';
import { choicesFor } from './choices.ts';
import { previewOf } from './decide.ts';
import { asked, callScripts, letterTitles } from './words.ts';

export type ProposalParams = { matterId: string; key: string };
type Asking = Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>;

/** The proposal that an address names, if this person may see it. */
export async function proposalAt({ deps, user }: Pick<Ctx, 'deps' | 'user'>, { matterId, key }: ProposalParams) {
  const row = await proposalFor(deps.db, user, matterId, key);
  const found = row && (await caseFor(deps.db, user, matterId));
  if (!row || !found) throw new Refusal('NotFound', 'There is no such proposal at your school');
  return { row, proposal: row.body as unknown as Proposal, found };
}
type At = Awaited<ReturnType<typeof proposalAt>>;

/** Everything the proposal page prints: what is asked and why, the evidence, the letters, and the form with what was typed before. */
export async function proposalView(ctx: Asking, params: ProposalParams, typed: Record<string, unknown> = {}): Promise<View> {
  const at = await proposalAt(ctx, params);
  const { row, proposal, found } = at;
  const { action } = proposal;
  const { db } = ctx.deps;
  const open = row.status === 'open' && (ctx.user.role === row.role || ctx.user.role === row.alsoRole);
  const today = todayAt(found.school, ctx.at);
  const pack = await packOf(db, found.packId, found.packVersion);
  const now = await attendanceNow(db, found.pupil, today);
  const events = await eventsOf(db, params.matterId);
  const names = await namesOf(
    db,
    events.map(({ byUser }) => byUser),
  );
  return {
    template: 'inbox/proposal.njk',
    model: {
      href: `/proposals/${params.matterId}/${params.key}`,
      caseHref: `/cases/${params.matterId}`,
      pupilHref: `/register/${found.pupil.id}`,
      open,
      waits: row.status === 'open' || row.status === 'held',
      state: stateWords(row.status, row.heldUntil),
      decidedBy: titleOf(proposal.role),
      title: asked(proposal),
      what: action.what,
      pupil: { name: found.pupil.chosenName, className: found.pupil.className },
      flags: delicateFlags(found.pupil.flags),
      sentence: proposal.sentence,
      changed: proposal.changed,
      evidence: evidenceRows(at, pack, now),
      missed: now.missed,
      sessions: action.what === 'missing marks' ? action.sessions.map(sessionWords) : [],
      question: action.what === 'answer' ? action.question : null,
      people: open && (action.what === 'call' || action.what === 'meeting') ? await peopleOf(ctx, found.pupil.id, today) : [],
      script: action.what === 'call' ? (callScripts[action.script] ?? []) : [],
      preview:
        open && action.what === 'letter'
          ? await previewOf(ctx, { ...params, ...at, schoolId: found.schoolId, today }, typed)
          : null,
      showed: typed.show === 'letter',
      choices: choicesFor(proposal, settingsOf(at, pack)),
      typed: { target: targetPercent(pack, found.state)?.replace('%', '') ?? '', ...typed },
      version: typed.version ?? proposal.version,
      decisionKey: typed.decisionKey ?? randomUUID(),
      story: timeline(events.slice(-6), names).reverse(),
    },
  };
}

/** Whom to ring or to meet. */
async function peopleOf({ deps, user }: Asking, pupilId: string, today: string) {
  const pupil = await pupilFor(deps.db, user, pupilId);
  return contactsOf(pupil?.contacts ?? [], today);
}

function evidenceRows(
  { proposal, found, row }: At,
  pack: Pack,
  { totals, daysMissed, upTo }: Awaited<ReturnType<typeof attendanceNow>>,
) {
  const { action, evidence, madeOn } = proposal;
  const then = evidence.attendance;
  const moved = then.attended !== totals.attended || then.possible !== totals.possible;
  const [last] = [...found.letters].reverse();
  return [
    [
      'Attendance',
      `${totals.attended} of ${totals.possible} sessions (${shown(totals)})${upTo ? `, counted up to ${upTo}` : ''}`,
    ],
    ...(moved ? [['When it was proposed', `${then.attended} of ${then.possible} sessions (${shown(then)})`]] : []),
    [
      'Days missed',
      `${counted(daysMissed, 'day')}: ${totals.authorised / 2} authorised, ${totals.unauthorised / 2} unauthorised`,
    ],
    [
      'Last letter',
      last ? `${letterTitles[last.template] ?? last.template}, approved on ${shortDay(dayOf(last.approvedOn))}` : 'None yet',
    ],
    ...(action.what === 'letter' && action.enclose.length > 0
      ? [
          [
            'To be enclosed',
            `The ${action.enclose.join(', the ')}, by hand with what goes by post. E-mails carry the letter alone`,
          ],
        ]
      : []),
    ['Policy', `${pack.title}: ${evidence.clause}`],
    ['Proposed', longDay(madeOn)],
    ...(row.dueOn ? [['Due', longDay(dayOf(row.dueOn))]] : []),
  ];
}

const settingsOf = ({ found }: At, pack: Pack) => ({
  recallMinutes: found.school.recallMinutes ?? pack.letters['recall window'],
  targetPercent: targetPercent(pack, found.state),
});

/** The target that the policy has for the time after this stage's meeting. */
function targetPercent(pack: Pack, { stage }: CaseState): string | null {
  const wait = pack.stages[stage]?.wait;
  return wait?.from === 'meeting' ? `${wait.target / 100}%` : null;
}

function stateWords(status: string, heldUntil: Date | null): string {
  if (status === 'held' && heldUntil) return `Held until ${longDay(dayOf(heldUntil))}`;
  return (
    { open: 'Waits for a decision', asked: 'A question is waiting for its answer', decided: 'Decided', withdrawn: 'Withdrawn' }[
      status
    ] ?? status
  );
}
