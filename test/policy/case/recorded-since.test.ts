import { describe, expect, it } from '@jest/globals';
import { decide } from '../../../policy/case/decide.ts';
import type { Decision } from '../../../policy/case/decision.ts';
import type { CaseEvent } from '../../../policy/case/event.ts';
import { evolve } from '../../../policy/case/evolve.ts';
import type { CaseState } from '../../../policy/case/state.ts';
import type { Pack } from '../../../policy/pack/pack.ts';
import type { PupilFlag } from '../../../policy/people/flags.ts';
import { aCase, gloucestershire } from '../../support/told-case.ts';

const textId = '00000000-0000-4000-8000-000000000000';
const ladder: Pack = { ...gloucestershire, alongside: [] };
const below96 = { '2026-09-08': 'O', '2026-09-15 AM': 'O' };

/** 35 of 38 sessions on 28 September 2026: letter 1 is proposed. What is on record of the child can change. */
function proposed({ pack = ladder, flags = [] }: { pack?: Pack; flags?: PupilFlag[] } = {}) {
  const known: string[] = flags;
  const pupil = aCase({ absent: { ...below96 }, on: '2026-09-28', flags: known, pack });
  pupil.open();
  return {
    pupil,
    /** The school records it, and the case hears of it. */
    records(...more: PupilFlag[]) {
      known.push(...more);
      return pupil.tell({ kind: 'register changed' });
    },
  };
}

describe('a letter that is proposed when something comes on record of the child', () => {
  it('is withdrawn, and whom the policy names looks before it is asked for again', () => {
    const { pupil, records } = proposed();
    expect(pupil.proposals()).toEqual(['letter-1']);
    expect(records('bereaved')).toMatchObject([
      {
        type: 'withdrawn',
        key: '1-letter',
        why: 'Now on record: “Recently bereaved”, and the policy wants the safeguarding lead to look first',
      },
      { type: 'proposed', proposal: { action: { what: 'review', flags: ['bereaved'] }, role: 'dsl', step: 0 } },
    ]);
    expect(records()).toEqual([]);
    pupil.say('review', { choice: 'done' }, 'dsl');
    expect(pupil.proposals()).toEqual(['letter-1']);
    expect(pupil.say('letter-1', { choice: 'approve' })).toMatchObject([{ type: 'letters approved' }]);
  });

  it('stays, and says what the policy makes nothing of', () => {
    const { pupil, records } = proposed();
    expect(records('sen-support')).toEqual([]);
    expect(pupil.proposals()).toEqual(['letter-1']);
  });

  it('cannot be approved before its case has heard of it either', () => {
    const flags: string[] = [];
    const pupil = aCase({ absent: below96, on: '2026-09-28', flags });
    pupil.open();
    flags.push('bereaved');
    expect(() => pupil.say('letter-1', { choice: 'approve' })).toThrow(
      'Now on record: “Recently bereaved”, and the policy wants the safeguarding lead to look first. Open the case',
    );
  });

  it('is looked at again for what comes after the first look, and not for what was looked at', () => {
    const { pupil, records } = proposed({ flags: ['medical'] });
    pupil.say('review', { choice: 'done' }, 'dsl');
    expect(pupil.state.looked).toEqual(['medical']);
    expect(pupil.proposals()).toEqual(['letter-1']);
    records('looked-after');
    expect(pupil.proposal('review').action).toEqual({ what: 'review', flags: ['medical', 'looked-after'] });
    pupil.say('review', { choice: 'done' }, 'dsl');
    expect(pupil.proposals()).toEqual(['letter-1']);
  });

  it('is looked at for all of it, where more comes while somebody is looking', () => {
    const { records } = proposed();
    records('bereaved');
    expect(records('medical')).toMatchObject([
      { type: 'withdrawn', why: 'Now on record: “Medical plan or long illness”, to be looked at too' },
      { type: 'proposed', proposal: { action: { what: 'review', flags: ['bereaved', 'medical'] } } },
    ]);
  });

  it('is withdrawn while the case is held too, and looked at when it goes on', () => {
    const { pupil, records } = proposed();
    pupil.tell({ kind: 'hold', by: { id: 'lead', role: 'sal' }, until: '2026-10-12', textId }, 'We spoke');
    expect(records('bereaved')).toMatchObject([{ type: 'withdrawn', key: '1-letter' }]);
    pupil.tell({ kind: 'resume', by: { id: 'lead', role: 'sal' } });
    expect(pupil.proposals()).toEqual(['review']);
  });

  it('is passed over where the policy sends no such letter for the child', () => {
    const cohort = { for: ['looked-after' as const], source: 'Ours', 'no letters': ['letter-1' as const] };
    const { pupil, records } = proposed({ pack: { ...ladder, cohorts: [cohort] } });
    expect(records('looked-after')).toMatchObject([
      { type: 'withdrawn', why: 'Now on record: “Looked-after child”, and the policy sends no such letter for this child' },
      { type: 'step passed over', clause: 'Ours' },
    ]);
    expect(pupil.proposals()).toEqual([]);
  });
});

describe('a letter beside the ladder', () => {
  /** The pack with a congratulation beside its stage, and nothing on the ladder there. */
  const beside: Pack = {
    ...ladder,
    stages: Object.fromEntries(
      Object.entries(ladder.stages).map(([name, stage]) => [
        name,
        {
          ...stage,
          do: [],
          alongside: [
            {
              says: 'Say well done',
              source: 'Ours',
              for: 'every pupil',
              when: { attendance: { below: 9600 } },
              do: [{ letter: { template: 'congratulation', enclose: [], 'approved by': 'attendance lead' } }],
            },
          ],
        },
      ]),
    ),
  };

  it('waits for the look, and is asked for after it', () => {
    const { pupil, records } = proposed({ pack: beside });
    expect(pupil.proposals()).toEqual(['congratulation']);
    records('bereaved');
    expect(pupil.proposals()).toEqual(['review']);
    records('medical');
    expect(pupil.proposals()).toEqual(['review']);
    pupil.say('review', { choice: 'done' }, 'dsl');
    expect(pupil.proposal('congratulation')).toMatchObject({
      ...{ step: null, role: 'sal', known: ['bereaved', 'medical'] },
      sentence: 'Say well done. Attended 35 of 38 sessions (92.1%)',
    });
    expect(records()).toEqual([]);
    pupil.say('congratulation', { choice: 'approve' });
    expect(pupil.proposals()).toEqual([]);
  });

  it('is not asked for again where whoever looked wants none', () => {
    const { pupil, records } = proposed({ pack: beside });
    records('bereaved');
    pupil.say('review', { choice: 'decline', textId }, 'dsl', 'Not now');
    expect(records()).toEqual([]);
    expect(pupil.proposals()).toEqual([]);
  });
});

describe('what else is asked about the family', () => {
  const call: Pack = {
    ...ladder,
    stages: Object.fromEntries(
      Object.entries(ladder.stages).map(([name, stage]) => [
        name,
        {
          ...stage,
          do: [{ call: { by: 'class teacher', script: 'how-can-we-help', due: { n: 2, unit: 'school day' as const } } }],
        },
      ]),
    ),
  };

  it('is asked anew with what is on record now, and goes on saying it when the figures move', () => {
    const { pupil, records } = proposed({ pack: call });
    const said = pupil.proposal('how-can-we-help');
    expect(records('bereaved')).toMatchObject([{ type: 'revised', version: 2, changed: 'Now on record: “Recently bereaved”' }]);
    expect(pupil.proposal('how-can-we-help').sentence).toBe(`${said.sentence}. Now on record: “Recently bereaved”`);
    const { key, version } = said;
    const decision: Decision = { choice: 'called', reached: true, offers: [] };
    expect(() =>
      pupil.tell({ kind: 'decision', by: { id: 'teacher', role: 'class-teacher' }, proposal: key, version, decision }),
    ).toThrow('This changed since you opened it. Now on record: “Recently bereaved”');
    expect(records()).toEqual([]);
    pupil.absent['2026-09-16 AM'] = 'O';
    records('medical');
    expect(pupil.proposal('how-can-we-help').sentence).toMatch(
      /Attended 34 of 38 sessions \(89.4%\)\. Now on record: “Recently bereaved”, “Medical plan or long illness”$/,
    );
    pupil.say('how-can-we-help', decision, 'class-teacher');
    expect(pupil.proposals()).toEqual([]);
  });

  it('says nothing of what was on record when it was asked', () => {
    const { records } = proposed({ pack: call, flags: ['bereaved'] });
    expect(records()).toEqual([]);
  });
});

describe('a parent who cannot be written to any more', () => {
  const parents = ['mother', 'father'].map((contactId) => ({ contactId, may: true, because: null, channel: 'email' as const }));
  const notAnyMore = 'A parent cannot be written to any more: look at the contacts';
  const proposedTo = () => {
    const to = [...parents];
    const pupil = aCase({ absent: below96, on: '2026-09-28', parents: to });
    pupil.open();
    const order = () => {
      to[1] = { ...parents[1], may: false, because: 'A restriction is in force', channel: null } as unknown as (typeof to)[0];
      return pupil.tell({ kind: 'register changed' });
    };
    return { pupil, order };
  };

  it('is said before anybody approves, once and without what the order says, and is not written to', () => {
    const { pupil, order } = proposedTo();
    const { key, version } = pupil.proposal('letter-1');
    expect(order()).toMatchObject([{ type: 'revised', version: 2, changed: notAnyMore, mayWrite: ['mother'] }]);
    expect(order()).toEqual([]);
    const approve = { kind: 'decision', by: { id: 'lead', role: 'sal' }, decision: { choice: 'approve' } } as const;
    expect(() => pupil.tell({ ...approve, proposal: key, version })).toThrow(`This changed since you opened it. ${notAnyMore}`);
    expect(pupil.say('letter-1', { choice: 'approve' })).toMatchObject([{ letters: [{ contactId: 'mother' }] }]);
  });

  it('is not looked for in an older ledger, which does not have who could be', () => {
    const { pupil, order } = proposedTo();
    const [proposal] = Object.values(pupil.state.proposals);
    delete proposal?.mayWrite;
    expect(order()).toEqual([]);
  });
});

describe('an older ledger, which does not have what was known', () => {
  /** The same events as an earlier version wrote them. */
  const older = ({ events }: ReturnType<typeof aCase>) =>
    events.reduce<CaseState | null>((state, { event, on }) => {
      if (event.type === 'decided') return evolve(state, { ...event, looked: undefined } as unknown as CaseEvent, on);
      if (event.type !== 'proposed') return evolve(state, event, on);
      const { known: _, ...proposal } = event.proposal;
      return evolve(state, { ...event, proposal }, on);
    }, null) as CaseState;

  it('has its letters looked at as well, where nobody has looked yet', () => {
    const { pupil } = proposed();
    const events = decide(
      older(pupil),
      { key: 'k', kind: 'register changed' },
      { ...pupil.circumstances(), flags: ['bereaved'] },
    );
    expect(events).toMatchObject([
      { type: 'withdrawn', key: '1-letter' },
      { type: 'proposed', proposal: { action: { what: 'review' } } },
    ]);
  });

  it('is asked no more where somebody has: at what, it does not say', () => {
    const { pupil } = proposed({ flags: ['medical'] });
    pupil.say('review', { choice: 'done' }, 'dsl');
    const old = older(pupil);
    expect(old).toMatchObject({ reviewed: true });
    expect(old).not.toHaveProperty('looked');
    expect(Object.values(old.proposals)).toMatchObject([{ action: { what: 'letter' } }]);
    const c = { ...pupil.circumstances(), flags: ['medical', 'bereaved'] };
    expect(decide(old, { key: 'k', kind: 'register changed' }, c)).toEqual([]);
  });
});
