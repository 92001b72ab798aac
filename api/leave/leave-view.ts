import { randomUUID } from 'node:crypto';
import { type Day, shortDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { answerTo, type LeaveRequest, standingOf } from '../../policy/leave/leave.ts';
import { leaveInWords } from '../../policy/pack/clauses-in-words.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import { leaveOfPupil } from '../../prisma/leave.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import { date, line, radios, text } from '../layout/fields.ts';
import { keepers } from '../register/reach.ts';
import type { Ctx, View } from '../web/route.ts';
import { personWords } from '../web/shapes.ts';
import { pupilLeave } from './facts.ts';
import { leaveToSee } from './to-see.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

const asking = [
  date('from', 'First day of leave'),
  date('to', 'Last day of leave'),
  text('reason', 'Reason', 'As the parent gives it.'),
  line('askedBy', 'Who asked', 'For example: Ada Byrne, mother, on the school’s form.'),
  date('receivedOn', 'When the school had it'),
];
const deciding = [
  radios('granted', 'Decision', [
    { value: 'yes', text: 'Granted' },
    { value: 'part', text: 'Granted in part: some of the days' },
    { value: 'no', text: 'Refused' },
  ]),
  date('grantedFrom', 'First day that is granted', 'Only where it is granted in part. The other days are refused.'),
  date('grantedTo', 'Last day that is granted', 'Only where it is granted in part.'),
  text('reason', 'Reason', 'It is kept with your name and role.'),
];

const days = ({ from, to }: { from: Day; to: Day }): string =>
  from === to ? shortDay(from) : `${shortDay(from)} to ${shortDay(to)}`;

/** A pupil's requests for leave: recorded by the office, decided by whom the policy names. */
export async function leaveView(ctx: Asking, pupilId: string, typed: Record<string, unknown> = {}, of?: string): Promise<View> {
  const { found, pack, requests } = await pupilLeave(ctx, pupilId);
  const open = requests.find(({ mine, id }) => mine && (of === undefined || id === of));
  return {
    template: 'leave/leave.njk',
    model: {
      ...{ name: found.chosenName, href: `/register/${pupilId}`, decisionKey: randomUUID(), typed, of: of ?? null },
      policy: pack && { title: pack.title, says: leaveInWords(pack, 'staff') },
      open: open && {
        ...{
          href: `/register/${pupilId}/leave/${open.id}`,
          days: days(open),
          reason: open.reason,
          late: open.late,
          fields: deciding,
        },
        ...{ who: `${open.askedBy}, received on ${shortDay(open.receivedOn)}` },
        ...{ granted: answerTo(pack?.leave, open, true), refused: answerTo(pack?.leave, open, false) },
      },
      requests: requests.map((one) => ({
        ...{ days: days(one), reason: one.reason, late: one.late },
        who: `${one.askedBy}, received on ${shortDay(one.receivedOn)}`,
        decision: one.decision ? decisionSaid(one.decision) : 'Not decided',
        before: one.takenBack.map((was) => `${decisionSaid(was)}. ${deedSaid('Taken back', was.takenBack)}`),
        mistake: one.decides &&
          one.decision && { href: `/register/${pupilId}/leave/${one.id}/mistaken`, decision: one.decision.id },
        answer: one.decision ? answerTo(pack?.leave, { ...one, only: one.decision.only }, one.decision.granted) : [],
        contradiction: contradictionSaid(standingRequest(one), one.contradicted),
      })),
      fields: (of === undefined || open) && keepers.some((role) => role === ctx.user.role) ? asking : [],
    },
  };
}

type Request = Awaited<ReturnType<typeof pupilLeave>>['requests'][number];
type Decision = NonNullable<Request['decision']>;

const standingRequest = (one: Request) => ({
  ...one,
  granted: one.decision?.granted ?? null,
  only: one.decision?.only ?? null,
});

/** "Granted on 5 Mar 2027 by Priya Nair, Headteacher: a wedding" */
const decisionSaid = (one: Decision): string =>
  deedSaid(one.only ? `Granted in part, ${days(one.only)},` : one.granted ? 'Granted' : 'Refused', one);
const deedSaid = (what: string, { by, on, why }: Pick<Decision, 'by' | 'on' | 'why'>): string =>
  `${what} on ${shortDay(on)}${by ? ` by ${personWords(by)}` : ''}: ${why}`;

/** "Leave from … was refused, and 2 sessions are marked C: …"; null where nothing says otherwise. */
export function contradictionSaid(
  request: Pick<LeaveRequest, 'from' | 'to' | 'granted' | 'only'>,
  marks: readonly string[],
): string | null {
  if (marks.length === 0) return null;
  const said = marks.map((mark) => `${sessionWords(mark.slice(0, 13))} ${mark.slice(14)}`);
  return `Leave of ${days(request)} is ${standingOf(request)}, and ${counted(marks.length, 'mark')} ${marks.length === 1 ? 'says' : 'say'} otherwise: ${said.join('; ')}`;
}

/** What the pupil's page says of leave: each request as it stands, and what contradicts it. */
export async function leaveOnPage(ctx: Asking, pupilId: string): Promise<{ text: string; contradiction: string | null }[]> {
  // Nobody asks leave for most pupils: then the policy and the marks need not be read.
  if ((await leaveOfPupil(ctx.deps.db, pupilId)).length === 0) return [];
  const { requests } = await pupilLeave(ctx, pupilId);
  return requests.map((one) => {
    const request = standingRequest(one);
    return { text: `${days(one)}: ${standingOf(request)}`, contradiction: contradictionSaid(request, one.contradicted) };
  });
}

/** What the inbox says of leave: what waits for this person, and where marks and decisions do not fit. */
export async function leaveLines(ctx: Asking): Promise<{ text: string; href: string }[]> {
  const { waiting, contradicted } = await leaveToSee(ctx);
  const ids = [...waiting, ...contradicted].map(({ pupilId }) => pupilId);
  const apart = await toldApart(ctx.deps.db, ids, { classShown: false });
  const called = ({ id, chosenName: name }: { id: string; chosenName: string }) => apart({ id, name });
  const href = ({ pupilId }: { pupilId: string }) => `/register/${pupilId}/leave`;
  return [
    ...waiting.map((one) => ({
      href: href(one),
      text: `${called(one.pupil)}: decide on leave, ${days(one)}${one.reminded ? ', as you were reminded' : ''}`,
    })),
    ...contradicted.map((one) => ({
      href: href(one),
      text: `${called(one.pupil)}: leave of ${days(one)} is ${standingOf(one)}, and ${counted(one.marks.length, 'mark')} ${one.marks.length === 1 ? 'says' : 'say'} otherwise`,
    })),
  ];
}
