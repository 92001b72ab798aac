import { sessionsOf } from './coded-sessions.ts';

/** Late before the register closed: present. The register keeps no minutes. */
export const lateL = sessionsOf({
  name: 'late-before-close',
  label: 'Late, before the register closed',
  counts: 'Sessions coded L. They are attended. How many minutes late is not kept in the register, and so not counted.',
  source: 'SI 2024/208 reg 10',
  codes: new Set(['L']),
});

/** Late after the register closed: an unauthorised absence, and one of those that the penalty-notice threshold counts. */
export const lateU = sessionsOf({
  name: 'late-after-close',
  label: 'Late, after the register closed',
  counts:
    'Sessions coded U. They are unauthorised absence. How many minutes late is not kept in the register, and so not counted.',
  source: 'SI 2024/208 reg 10',
  codes: new Set(['U']),
});
