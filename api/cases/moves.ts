import { longDay, shortDay } from '../../policy/calendar/day.ts';
import type { Move } from '../../policy/case/move.ts';

/** What a move says: "Monitoring ends on 12 June 2027, not 5 June 2027". `proposal` names a proposal by its key. */
export function moveWords(move: Move, proposal: (key: string) => string): string {
  switch (move.what) {
    case 'monitoring': {
      const { was, is } = move;
      const begins = was.from === is.from ? '' : `begins on ${longDay(is.from)}, not ${shortDay(was.from)}, and `;
      if (was.until !== is.until) return `Monitoring ${begins}ends on ${longDay(is.until)}, not ${shortDay(was.until)}`;
      if (begins) return `Monitoring begins on ${longDay(is.from)}, not ${shortDay(was.from)}`;
      return `Monitoring is judged on ${longDay(is.judgedOn)}, not ${shortDay(was.judgedOn)}`;
    }
    case 'closing':
      return `The case closes on ${longDay(move.is)} if attendance holds, not ${shortDay(move.was)}`;
    case 'asked again':
      return `The step is asked about again on ${longDay(move.is)}, not ${shortDay(move.was)}`;
    case 'put back':
      return `It stays in the stage that it was put back to until ${longDay(move.is)}, not ${shortDay(move.was)}`;
    case 'next':
      return `${move.why}: on ${longDay(move.is)}, not ${shortDay(move.was)}`;
    case 'proposal': {
      const { due, remindOn } = move;
      if (due.was === due.is)
        return `The reminder of “${proposal(move.key)}” goes on ${longDay(remindOn.is)}, not ${shortDay(remindOn.was)}`;
      return `“${proposal(move.key)}” is due on ${longDay(due.is)}, not ${shortDay(due.was)}`;
    }
    case 'meeting':
      return `The meeting stays on ${longDay(move.on)}, but there is no school on that day: agree another day with the parents`;
  }
}
