import type { Role } from '../people/roles.ts';
import type { Member, SchoolPlan } from '../school/school-plan.ts';
import { pick } from './draw.ts';
import { parentNames, surnames } from './names.ts';
import { periods, registerBegins } from './timetable.ts';
import { trainees } from './trainee.ts';

export const trainingAuthority = {
  id: 'severnshire',
  name: 'Severnshire Council',
  address: ['Shire House', 'Severn Street', 'Severnport'],
  phone: '01632 960200',
  email: 'inclusion@severnshire.example',
};

export const trainingSchool = {
  id: 'oakbridge',
  name: 'Oakbridge School',
  address: ['Mill Lane', 'Oakbridge', 'OK1 4ZZ'],
  phone: '01632 960100',
  email: 'attendance@oakbridge.example',
};

/** An account whose id says who it is: the ledgers of the training school are read by people who learn. */
type Known = Member & { id: string };

const member = (id: string, name: string, role: Role, at: Member['at'] = 'school'): Known => ({
  id,
  name,
  role,
  at,
  active: true,
  className: null,
  email: `${id}@${at === 'school' ? 'oakbridge' : 'severnshire'}.example`,
});

const walker = trainees[0]?.className ?? '';
const classes = [...new Set(trainees.map(({ className }) => className))].sort((a, b) =>
  a === walker ? -1 : b === walker ? 1 : a.localeCompare(b),
);

/** The staff of the training school and its authority: one of each role, and a teacher for each class. */
export const staff: readonly Known[] = [
  member('lead', 'Priya Nair', 'sal'),
  member('head', 'Helen Marsh', 'headteacher'),
  member('office', 'Tom Whitlock', 'attendance-officer'),
  member('dsl', 'Grace Adeyemi', 'dsl'),
  member('senco', 'Owen Pryce', 'senco'),
  member('trust', 'Judith Sharpe', 'trust-lead'),
  member('admin', 'Samir Haddad', 'admin'),
  member('ewo', 'Dana Ellis', 'ewo', 'authority'),
  member('ewo-lead', 'Ruth Okoye', 'ewo-lead', 'authority'),
  ...classes.map((className, i) => ({
    ...member(
      `teacher.${className.toLowerCase()}`,
      `${pick(`${className} teacher`, parentNames.en[i % 3 === 0 ? 'Father' : 'Mother'])} ${pick(`${className} teacher name`, surnames)}`,
      'class-teacher' as const,
    ),
    className,
    id: `teacher.${String(i).padStart(2, '0')}.${className.toLowerCase()}`,
  })),
];

/** The training school as any school is set up. Its clock begins with its register and is walked to the day it opens. */
export const trainingPlan: SchoolPlan = {
  ...trainingSchool,
  authority: trainingAuthority,
  trust: null,
  packId: 'gloucestershire',
  recallMinutes: 1,
  practice: { today: registerBegins, demo: true, seed: 1 },
  periods,
  staff,
};
