import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { decide } from '../../../policy/case/decide.ts';
import { evolve } from '../../../policy/case/evolve.ts';
import type { CaseState } from '../../../policy/case/state.ts';
import type { Pack } from '../../../policy/pack/pack.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { Refusal } from '../../../policy/refusal.ts';
import { aCase, gloucestershire, packFile } from '../../support/told-case.ts';

const written = readFileSync(packFile, 'utf8');
const old: Pack = { ...gloucestershire, alongside: [] };
/** The policy as it would be with these words instead. */
function changed(...words: readonly (readonly [right: string, wrong: string])[]): Pack {
  const text = words.reduce((said, [right, wrong]) => {
    expect(said).toContain(right);
    return said.replaceAll(right, wrong);
  }, written);
  return { ...readPack(text, 'new.yaml'), alongside: [] };
}

const absent = Object.fromEntries(['2026-09-08', '2026-09-15', '2026-09-22'].map((day) => [day, 'O']));
function below96() {
  const told = aCase({ on: '2026-10-06', absent });
  told.open();
  return told;
}

type Told = ReturnType<typeof aCase>;
type By = { stage?: string; role?: 'sal' | 'dsl' };

/** What follows when a case is moved to a version, and where it stands then. */
function moved(told: Told, pack: Pack, { stage, role = 'sal' }: By = {}) {
  const to = { id: 'gloucestershire', version: 'new' };
  const moving = { from: { id: 'gloucestershire', version: 'old' }, to, before: old };
  const c = { ...told.circumstances(), pack, moving };
  const input = {
    key: 'move',
    kind: 'move policy',
    by: { id: 'lead', role },
    to,
    ...(stage !== undefined && { stage }),
  } as const;
  const events = decide(told.state, input, c);
  const state = events.reduce<CaseState>((before, event) => evolve(before, event, c.on), told.state);
  return { events: events.map(({ type }) => type), state, asks: Object.values(state.proposals) };
}

describe('a case that is moved to another version of its policy', () => {
  it('keeps what both versions ask alike', () => {
    const told = below96();
    const { events, state } = moved(told, changed(['remind after: "2 school days"', 'remind after: "2 school days"']));
    expect([events, state]).toEqual([['policy moved'], told.state]);
  });

  it('asks anew what the new version asks otherwise', () => {
    const { events, asks } = moved(
      below96(),
      changed(['enclose: [leaflet], approved by: attendance lead', 'enclose: [leaflet], approved by: headteacher']),
    );
    expect(events).toEqual(['policy moved', 'withdrawn', 'proposed']);
    expect(asks.map(({ action, role }) => [action.what, role])).toEqual([['letter', 'headteacher']]);
  });

  it('does nothing twice that it has behind it, though a step was put before it', () => {
    const told = below96().send('letter-1');
    const call =
      '- call: { by: attendance lead, script: how-can-we-help, due: "3 school days" }\n      - letter: { template: letter-1';
    const { state, asks } = moved(told, changed(['- letter: { template: letter-1', call]));
    expect([told.state.step, state.step, asks]).toEqual([1, 2, []]);
  });

  it('counts its time of waiting anew', () => {
    const more = Object.fromEntries(
      ['2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', '2026-10-06', '2026-10-13', '2026-10-20'].map((day) => [day, 'O']),
    );
    const told = aCase({ on: '2026-10-07', absent: more });
    told.open();
    told.send('letter-1').to('2026-10-21').send('letter-2');
    const { from, until } = told.state.monitoring ?? {};
    const longer = moved(
      told,
      changed(['wait: { for: "10 school days", from: letter sent', 'wait: { for: "15 school days", from: letter sent']),
    );
    expect(longer.state.monitoring?.from).toBe(from);
    expect((longer.state.monitoring?.until ?? '') > (until ?? '')).toBe(true);
    expect(longer.events).toContain('replanned');
  });

  it('goes on where a person says if the new version has not its stage', () => {
    const renamed = changed(['letter 1', 'first letter']);
    expect(() => moved(below96(), renamed)).toThrow(
      /has no stage "letter 1": choose where the case goes on. Stages: .*first letter/,
    );
    const { state, asks } = moved(below96(), renamed, { stage: 'first letter' });
    expect([state.stage, asks.map(({ action }) => action.what)]).toEqual(['first letter', ['letter']]);
  });

  it('is moved by those who lead alone, and only to the version in force', () => {
    expect(() => moved(below96(), old, { role: 'dsl' })).toThrow(Refusal);
    const told = below96();
    const by = { id: 'lead', role: 'sal' } as const;
    const to = { id: 'gloucestershire', version: 'new' };
    expect(() => told.tell({ kind: 'move policy', by, to })).toThrow(/Another version of the policy is in force/);
  });
});
