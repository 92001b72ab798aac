import { z } from 'zod';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { contradictions, decidersOfLeave } from '../../policy/leave/leave.ts';
import { sessionId } from '../../policy/register/mark.ts';
import { leaveOfSchool } from '../../prisma/leave.ts';
import { packInForce } from '../../prisma/packs.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { marksOfAll } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { gapReaders } from '../register/reach.ts';
import type { Ctx } from '../web/route.ts';
import { PupilName, pupilName } from '../web/shapes.ts';
import { LeaveRequest } from './facts.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** The school's requests that wait for a decision, and those whose marks say otherwise than it; for a class teacher, of the class. */
export async function leaveToSee({ deps, user, at }: Asking) {
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const className = user.role === 'class-teacher' ? (user.className ?? 'none') : null;
  const kept = await leaveOfSchool(deps.db, school.id, { from: schoolYearStart(today), to: today }, className);
  if (kept.length === 0) return { waiting: [], contradicted: [] };
  const pack = (await packInForce(deps.db, school.packId, today))?.pack ?? { leave: undefined, people: {} };
  const from = kept.map((one) => one.from).sort()[0] ?? today;
  const ids = [...new Set(kept.map(({ pupilId }) => pupilId))];
  const marks = await marksOfAll(deps.db, ids, { from, to: today });
  const sees = gapReaders.some((role) => role === user.role);
  return {
    waiting: decidersOfLeave(pack).includes(user.role) ? kept.filter(({ granted }) => granted === null) : [],
    contradicted: (sees ? kept : []).flatMap((one) => {
      const found = contradictions(
        one,
        kept.filter(({ pupilId }) => pupilId === one.pupilId),
        marks.get(one.pupilId) ?? [],
      );
      return found.length > 0 ? [{ ...one, marks: found }] : [];
    }),
  };
}

const OfPupil = z.object({ id: z.uuid(), pupil: PupilName, from: z.iso.date(), to: z.iso.date() });

export const LeaveToSee = z
  .object({
    waiting: z
      .array(
        OfPupil.extend({
          receivedOn: z.iso.date(),
          reminded: z.boolean().describe('It has waited longer than the policy allows'),
        }),
      )
      .describe('What the token’s user is to decide'),
    contradicted: z
      .array(
        OfPupil.extend({
          granted: z.boolean().nullable(),
          only: LeaveRequest.shape.decision.unwrap().shape.only,
          marks: z.array(z.string()).describe('As “2027-03-02 AM G”'),
        }),
      )
      .describe('Where marks of this school year say otherwise than what was decided'),
  })
  .meta({ id: 'LeaveToSee', description: 'What the inbox says of leave in term time' });

/** The same, for machines. */
export async function leaveToSeeFacts(ctx: Asking): Promise<z.infer<typeof LeaveToSee>> {
  const { waiting, contradicted } = await leaveToSee(ctx);
  return {
    waiting: waiting.map((one) => ({ ...ofPupil(one), receivedOn: one.receivedOn, reminded: one.reminded })),
    contradicted: contradicted.map((one) => ({
      ...{
        ...ofPupil(one),
        granted: one.granted,
        only: one.only,
        marks: one.marks.map((mark) => `${sessionId(mark)} ${mark.code}`),
      },
    })),
  };
}

type Kept = Awaited<ReturnType<typeof leaveToSee>>['waiting'][number];
const ofPupil = ({ id, from, to, pupil }: Kept) => ({ id, pupil: pupilName(pupil), from, to });
