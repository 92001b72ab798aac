import type { Day } from '../calendar/day.ts';
import { addSchoolDays, nextSchoolDay } from '../calendar/school-calendar.ts';
import { actionSaid, letterCalled } from '../case/action-words.ts';
import { deadlineOf } from '../case/deadline.ts';
import { tell } from '../case/decide.ts';
import type { Decision } from '../case/decision.ts';
import type { CaseEvent } from '../case/event.ts';
import type { CaseInput } from '../case/input.ts';
import type { PolicyVersion } from '../case/policy-version.ts';
import { choices, type Proposal } from '../case/proposal.ts';
import type { CaseLetter, CaseState } from '../case/state.ts';
import { earlierStages } from '../case/step-back.ts';
import { percent } from '../lint/range.ts';
import { conditionsIn } from '../pack/condition.ts';
import { conditionsOf } from '../pack/conditions-of.ts';
import { figureSaid } from '../pack/figure-in-words.ts';
import { Refusal } from '../refusal.ts';
import { remembered } from '../remembered.ts';
import { agreed, declined } from '../simulate/people.ts';
import { circumstancesIn, type FigureAsked, isOpen, levelOf, type Register, type World } from './world.ts';

/** A case as a proof meets it: what it remembers, the day, and what the register says. */
export type Situation = { state: CaseState; on: Day; register: Register };

/** One thing that may happen, in words. */
export type Move = { says: string; on: Day; register: Register; input: Said };
type Said = CaseInput extends infer I ? (I extends CaseInput ? Omit<I, 'key'> : never) : never;

/** What follows from a move; null if the rules refuse it. */
export type Step = { says: string; after: Situation; events: CaseEvent[] };

/** Tells a case one thing. */
export function told(world: World, { state }: Situation, move: Move, more: readonly FigureAsked[] = []): Step | null {
  const now = circumstancesIn(world, move.on, move.register, more);
  const c =
    move.input.kind === 'move policy' ? { ...now, moving: { from: version(1), to: version(2), before: world.pack } } : now;
  try {
    const { events, state: after } = tell(state, { key: move.says, ...move.input } as CaseInput, c);
    return { says: move.says, events, after: { state: after, on: move.on, register: move.register } };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Everything that may happen next: the register moves, a person decides, a letter goes or does not, the authority answers. */
export function movesFrom(world: World, situation: Situation): Move[] {
  const { state, on, register } = situation;
  if (!isOpen(state)) return [];
  const here = (says: string, input: Said): Move => ({ says, on, register, input });
  const ladder = Object.values(state.proposals).filter(({ step }) => step !== null);
  // A letter that waits meets its end before people decide other things: in between, only the register moves. When it
  // happens changes nothing but the waiting.
  const letters = Object.entries(state.letters).flatMap(([id, letter]) =>
    letterMoves(world.pack, id, letter).map(([says, input]) => here(says, input)),
  );
  const waits = Object.values(state.letters).some(({ outcome }) => outcome === 'waiting' || outcome === 'questioned');
  const moved = here('the case is moved to a version that says the same', { kind: 'move policy', by: lead, to: version(2) });
  if (waits) return [...registerMoves(world, situation), ...letters, moved];
  return [
    ...registerMoves(world, situation),
    moved,
    ...ladder.flatMap((proposal) =>
      decisions(world, on, proposal).map(({ says, decision }) => here(says, decides(proposal, decision))),
    ),
    ...letters,
    ...referralMoves(state).map(([says, input]) => here(says, input)),
  ];
}

/**
 * What puts things off: the whole case is held for a school week, a decision for three days, or a colleague is asked first. Each
 * is tried in every situation, and what follows is the same case a little later.
 */
export function pauses({ calendar, pack }: World, { state, on, register }: Situation): Move[] {
  const here = (says: string, input: Said): Move => ({ says, on, register, input });
  const ladder = Object.values(state.proposals).filter(({ step, status }) => step !== null && status === 'open');
  return [
    here('the attendance lead holds the case', { kind: 'hold', by: lead, until: addSchoolDays(calendar, on, 5), textId: words }),
    ...ladder.flatMap((proposal) => {
      const about = `${actionSaid(proposal.action, pack)}: the ${proposal.person}`;
      const may = choices[proposal.action.what];
      const until = addSchoolDays(calendar, on, 3);
      return [
        ...(may.includes('hold') ? [here(`${about} holds it`, decides(proposal, { choice: 'hold', until, textId: words }))] : []),
        ...(may.includes('ask')
          ? [here(`${about} asks a colleague`, decides(proposal, { choice: 'ask', of: 'headteacher', textId: words }))]
          : []),
      ];
    }),
  ];
}

/** Every stage that the attendance lead can put the case back to: like what puts things off, tried in every situation. */
export const stepsBack = ({ pack }: World, { state, on, register }: Situation): Move[] =>
  earlierStages(pack, state).map((to) => ({
    ...{ says: `the attendance lead puts the case back to "${to}"`, on, register },
    input: { kind: 'step back', by: lead, to, textId: words },
  }));

/** The attendance lead closes the case, and opens it again where it was. Earlier stages are as when it is put back to them. */
export function reopened(world: World, situation: Situation): { move: Move; step: Step } | null {
  const { on, register } = situation;
  const here = (says: string, input: Said): Move => ({ says, on, register, input });
  const closed = told(world, situation, here('the attendance lead closes the case', { kind: 'close', by: lead, textId: words }));
  const move = here('the case is closed and opened again', { kind: 'reopen', by: lead, textId: words });
  const step = closed && told(world, closed.after, move);
  return step && { move, step };
}

/** Lets days pass until the case asks to be looked at; null if it never does. */
export const deadlineMove = (world: World, situation: Situation): Move | null => nextDays(world)(situation);

/** Of each situation it is asked several times: when days pass, and whether they can at all. */
const nextDays = remembered((world: World) =>
  remembered(({ state, on, register }: Situation): Move | null => {
    const next = deadlineOf(state, circumstancesIn(world, on, register));
    return next && { says: `on ${next.on}: ${next.why}`, on: next.on, register, input: { kind: 'day' } };
  }),
);

/** The pack's own text as its first or second version: a school keeps a version for every change, be it of a word. */
const version = (n: 1 | 2): PolicyVersion => ({ id: 'the pack', version: `${n}` });

const words = '00000000-0000-4000-8000-000000000000';
export const lead = { id: 'the attendance lead', role: 'sal' } as const;

function registerMoves(world: World, { state, on, register }: Situation): Move[] {
  const { calendar, levels, figures } = world;
  const little = register.attendance + 1;
  const tomorrow = nextSchoolDay(calendar, on);
  const to = (says: string, change: Partial<Register>): Move => ({
    says,
    on: tomorrow,
    register: { ...register, ...change },
    input: { kind: 'register changed' },
  });
  return [
    ...levels
      .filter((level) => level !== register.attendance)
      .map((level) => to(`attendance comes to ${percent(level)}`, { attendance: level })),
    ...(little <= 10_000 && levelOf(world, little) === levelOf(world, register.attendance)
      ? [to('attendance moves, and crosses nothing', { attendance: little })]
      : []),
    ...(asksForMoves(world, state.stage)
      ? (['risen', 'fallen'] as const)
          .filter((moved) => moved !== register.moved)
          .map((moved) => to(`attendance has ${moved}`, { moved }))
      : []),
    // How the last weeks went is looked at only at the end of a time that was waited for.
    ...(state.monitoring && register.lately === 'badly' ? [to('the weeks that were waited went well', { lately: 'well' })] : []),
    ...figures.map((figure, i) => {
      const so = new Set(register.figures);
      if (!so.delete(i)) so.add(i);
      return to(`${figureMeant(figure)}${register.figures.has(i) ? ' no more' : ''}`, { figures: so });
    }),
    // For the pupil of whom nothing is known: a missing mark stops a letter alike for every child.
    ...(world.flags.length === 0 && marksMatter(world, state)
      ? [to(register.complete ? 'a mark is missing' : 'the register is complete', { complete: !register.complete })]
      : []),
  ];
}

const figureMeant = remembered((figure: FigureAsked) => figureSaid(figure));

export const decides = ({ key, version, role }: Proposal, decision: Decision): Said => ({
  kind: 'decision',
  by: { id: `${role} ${key}`, role },
  proposal: key,
  version,
  decision,
});

function decisions({ calendar, pack, offers }: World, on: Day, proposal: Proposal): { says: string; decision: Decision }[] {
  if (proposal.status === 'asked') return [];
  const about = `${actionSaid(proposal.action, pack)}: the ${proposal.person}`;
  const yes = agreed(proposal, calendar, on);
  return choices[proposal.action.what].flatMap((choice): { says: string; decision: Decision }[] => {
    if (choice === 'called')
      return [
        { says: `${about} reaches the family`, decision: { choice, reached: true, offers: [] } },
        { says: `${about} reaches nobody`, decision: { choice, reached: false, offers: [] } },
        ...(offers.length > 0 && asksForSupport(pack)
          ? [
              {
                says: `${about} reaches the family, and offers support`,
                decision: { choice, reached: true, offers: [...offers] },
              },
            ]
          : []),
      ];
    if (choice === 'met')
      return (['held', 'refused', 'not attended'] as const).map((happened) => ({
        says: `${about} records it as ${happened}`,
        decision: { choice, happened, on, offers: [] },
      }));
    if (choice === 'hold' || choice === 'ask') return [];
    if (choice === 'decline') return [{ says: `${about} declines`, decision: declined }];
    const without =
      choice === 'done' && proposal.action.what === 'task' && proposal.action.needs
        ? [{ says: `${about} says it is done, and has nothing to show for it`, decision: { choice } }]
        : [];
    return [...without, { says: `${about} agrees`, decision: yes.choice === choice ? yes : ({ choice } as Decision) }];
  });
}

function letterMoves(pack: World['pack'], letterId: string, { template, outcome }: CaseLetter): [string, Said][] {
  const called = `“${letterCalled(pack, template)}”`;
  const ends = (to: 'sent' | 'recalled' | 'refused' | 'bounced', says: string): [string, Said] => [
    `${called} ${says}`,
    { kind: 'letter outcome', letterId, outcome: to },
  ];
  if (outcome === 'waiting')
    return [ends('sent', 'is sent'), ends('recalled', 'is recalled'), ends('refused', 'is refused by the server')];
  if (outcome === 'sent') return [ends('bounced', 'comes back')];
  if (outcome !== 'questioned') return [];
  return (['send', 'do not send'] as const).map((how) => [
    `${called}, held for its ground: ${how}`,
    { kind: 'letter answered', by: lead, letterId, how, back: 'waiting', textId: words },
  ]);
}

function referralMoves({ referral }: CaseState): [string, Said][] {
  if (!referral || referral.status === 'ended' || referral.status === 'returned') return [];
  const { id: referralId } = referral;
  const ended: [string, Said] = [
    'the authority ends its work',
    { kind: 'referral outcome', referralId, outcome: { what: 'ended', how: 'closed' } },
  ];
  if (referral.status === 'accepted') return [ended];
  return [
    ['the authority accepts', { kind: 'referral outcome', referralId, outcome: { what: 'accepted' } }],
    [
      'the authority returns it',
      { kind: 'referral outcome', referralId, outcome: { what: 'returned', missing: [], textId: words } },
    ],
  ];
}

/** True if something on the ladder asks for support that was offered; what stands beside it is tried with support and without. */
const asksForSupport = remembered((pack: World['pack']): boolean =>
  conditionsOf({ ...pack, alongside: [] }).some(({ when }) => conditionsIn(when).some((one) => one['support offered'])),
);

/** True if the stage compares attendance with what it was, when it began or some days ago: a proof takes the two as one. */
export const asksForMoves = ({ pack }: World, stage: string): boolean => comparing(pack).has(stage);

const comparing = remembered(
  ({ stages }: World['pack']): ReadonlySet<string> =>
    new Set(Object.keys(stages).filter((name) => /"(risen by|risen in|fallen by)":/.test(JSON.stringify(stages[name])))),
);

/** True if a letter, a referral or a judgement may come next that would rest on the marks. */
export const marksMatter = ({ pack }: World, { stage, step, monitoring, missing }: CaseState): boolean =>
  monitoring !== null ||
  missing.length > 0 ||
  (pack.stages[stage]?.do ?? []).slice(step).some((one) => 'letter' in one || 'referral' in one);
