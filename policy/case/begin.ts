import type { Role } from '../people/roles.ts';
import { Refusal } from '../refusal.ts';
import { answered } from './answered.ts';
import type { CaseEvent } from './event.ts';
import type { By } from './input.ts';
import { attendanceNoted } from './note-attendance.ts';
import { leftSaid } from './on-roll.ts';
import { calledForSince } from './opening.ts';
import { enter } from './stage.ts';
import type { Telling } from './telling.ts';

/** Who may open a case for a concern: who leads on attendance, and the officer who works on it every day. Others tell one of them. */
export const mayOpenForConcern: readonly Role[] = ['sal', 'headteacher', 'attendance-officer'];

/** A new case begins at the first opening of its pack that holds. */
export function begin(t: Telling, stage: string | null): void {
  if (stage === null) throw new Refusal('NotAllowed', 'No opening of the policy holds for this pupil');
  const since = calledForSince(t.c);
  beginAt(t, { stage, ...(since === null ? {} : { since }) });
}

/**
 * A new case begins because a person is concerned, whatever the figures say: in the stage that the pack has for it. Where it has
 * none, none begins: the steps of its other stages rest on figures, and the family would be told what is not so.
 * @throws Refusal: Forbidden (not this role's to open), NotAllowed (the policy opens none so, or the pupil has left)
 */
export function beginForConcern(t: Telling, { role }: By): void {
  if (!mayOpenForConcern.includes(role))
    throw new Refusal(
      'Forbidden',
      'To open a case for a concern is for the senior attendance lead, the headteacher or the attendance officer',
    );
  const left = leftSaid(t.c);
  if (left !== null) throw new Refusal('NotAllowed', `${left}: there is no attendance to work on`);
  const { title, 'concern opens': stage } = t.c.pack;
  if (stage === undefined)
    throw new Refusal(
      'NotAllowed',
      `The policy “${title}” opens no case for a concern. Where it should, say in it with "concern opens" in which stage such a case begins`,
    );
  beginAt(t, { stage, words: t.c.words });
}

function beginAt(t: Telling, opened: Omit<Extract<CaseEvent, { type: 'opened' }>, 'type'>): void {
  const known = answered(t.c);
  const said = Object.keys(known).filter((rule) => t.c.lastCase?.rules[rule]?.said);
  t.add({
    ...{ type: 'opened', ...opened },
    ...(Object.keys(known).length === 0 ? {} : { answered: known }),
    ...(said.length === 0 ? {} : { said }),
  });
  t.add(attendanceNoted(t.c));
  enter(t, opened.stage);
}
