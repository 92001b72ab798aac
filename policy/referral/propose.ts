import { addSchoolDays } from '../calendar/school-calendar.ts';
import { newestSession } from '../case/figures.ts';
import type { Role } from '../people/roles.ts';
import { roleTitles } from '../people/roles.ts';
import { shown } from '../register/fraction.ts';
import { waitsFor } from './escalation.ts';
import { attendanceIn, yearOf } from './figures.ts';
import { dueIn, type ReferralAction, type ReferralProposal } from './proposal.ts';
import type { ReferralTelling } from './telling.ts';

/** Puts something before the person who decides it: the education welfare officer, unless another role is named. */
export function propose(t: ReferralTelling, action: ReferralAction, why: string, role: Role = 'ewo'): void {
  const { calendar, on, authority } = t.c;
  const attendance = attendanceIn(t.c, yearOf(t.c));
  const proposal: ReferralProposal = {
    key: `${t.state.proposed + 1}-${action.what.replaceAll(' ', '-')}`,
    version: 1,
    action,
    stage: t.state.stage,
    step: null,
    person: roleTitles[role].toLowerCase(),
    role,
    alsoRole: null,
    sentence: `${why}${why.endsWith('?') ? '' : '.'} Attended ${attendance.attended} of ${attendance.possible} sessions this year (${shown(attendance)})`,
    evidence: { attendance, upTo: newestSession(t.c), clause: authority.title },
    changed: null,
    madeOn: on,
    due: addSchoolDays(calendar, on, dueIn[action.what]),
    status: 'open',
    heldUntil: null,
    remindOn: addSchoolDays(calendar, on, waitsFor(action, t.c).remind),
    reminded: false,
  };
  t.add({ type: 'proposed', proposal });
}
