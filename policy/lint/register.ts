import type { Rule } from './finding.ts';

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** How registers are said to open and close (Working together 2024: a register is closed at the latest 30 minutes after it opened). */
export const registerRules: readonly Rule[] = [
  {
    id: 'register-opening-unsaid',
    severity: 'warning',
    about: 'The register closes at a time, but nobody knows when it opens',
    source: 'Working together to improve school attendance 2024: not more than 30 minutes',
    find: ({ register }) =>
      sessionsOf(register).flatMap(([name, { opens, closes }]) =>
        closes && !opens
          ? [
              {
                path: ['register', name],
                why: `It closes at ${closes}, and is right only if it opened at most 30 minutes before`,
                cure: 'Say when it opens',
              },
            ]
          : [],
      ),
  },
  {
    id: 'register-open-too-long',
    severity: 'error',
    about: 'The register is open for more than 30 minutes',
    source: 'Working together to improve school attendance 2024',
    find: ({ register }) =>
      sessionsOf(register).flatMap(([name, { opens, closes }]) =>
        opens && closes && minutes(closes) - minutes(opens) > 30
          ? [
              {
                path: ['register', name, 'closes'],
                why: `It is open for ${minutes(closes) - minutes(opens)} minutes`,
                cure: 'Close it at most 30 minutes after it opens',
              },
            ]
          : [],
      ),
  },
  {
    id: 'late-window-unsaid',
    severity: 'warning',
    about: 'Nothing says from when to when a pupil is late',
    source: 'SI 2024/208 reg 10: L before the register closes, U after',
    find: ({ register }) =>
      sessionsOf(register).flatMap(([name, session]) =>
        name === 'am' && session.closes && !session['late after']
          ? [
              {
                path: ['register', name],
                why: 'It says when the register closes, and not from when an arrival is late (L)',
                cure: 'Say the time after which a pupil is late',
              },
            ]
          : [],
      ),
  },
  {
    id: 'register-times-conflict',
    severity: 'error',
    about: 'One time of arrival is said to be two codes',
    source: 'SI 2024/208 reg 10: L before the register closes, U after',
    find({ register, states }) {
      const said = states?.register;
      const closes = register?.am.closes;
      if (said?.['late and U after'])
        return [
          {
            path: ['states', 'register', 'late and U after'],
            why: `After ${said['late and U after']} an arrival is called both late and a U`,
            cure: 'Call it late (L) before the register closes and U after',
          },
        ];
      if (!said?.['U after'] || !closes || said['U after'] === closes) return [];
      return [
        {
          path: ['states', 'register', 'U after'],
          why: `After ${said['U after']} an arrival is called a U, but the register closes at ${closes}: until then it is late (L)`,
          cure: `Write ${closes}`,
        },
      ];
    },
  },
];

type Session = { opens?: string | undefined; 'late after'?: string | undefined; closes?: string | undefined };

const sessionsOf = (register: { am: Session; pm?: Session | undefined } | undefined): [string, Session][] =>
  register ? [['am', register.am], ...(register.pm ? ([['pm', register.pm]] as [string, Session][]) : [])] : [];
