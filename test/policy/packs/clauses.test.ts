import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { clausesPage, partNamed, readClauses } from '../../../policy/pack/clause-list.ts';
import { readPack } from '../../../policy/pack/read.ts';

/** How many clauses each document has, counted in it by hand: none may go missing. */
const counted = { gloucestershire: 52, demat: 56, 'james-marks': 37, celt: 53, 'learning-partners': 16 };

const at = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe.each(Object.entries(counted))('the clauses of %s', (id, number) => {
  const pack = readPack(at(`policy/packs/${id}.yaml`), `${id}.yaml`);
  const clauses = readClauses(at(`policy/packs/clauses/${id}.yaml`), `clauses/${id}.yaml`);

  it('are all there', () => {
    expect(clauses).toHaveLength(number);
    expect(new Set(clauses.map(({ clause }) => clause)).size).toBe(number);
  });

  it('are each somewhere in the pack', () => {
    expect(clauses.filter(({ where }) => partNamed(pack, where) === undefined)).toEqual([]);
  });

  it('are overridden with the law, and advised with the page that shows it', () => {
    for (const { became, where, why } of clauses) {
      if (became === 'advice') expect(partNamed(pack, where)).toHaveProperty('shown on');
      if (became === 'overridden' && why === undefined) expect(partNamed(pack, where)).toHaveProperty('law');
    }
  });

  it('leave no override and no advice of the pack unnamed', () => {
    const named = clauses.map(({ where }) => partNamed(pack, where));
    expect([...pack.advice, ...pack['overridden by law']].filter((one) => !named.includes(one))).toEqual([]);
  });

  it(`docs/policies/${id}.md says what became of them (npx firstbell policy-clauses --write)`, () => {
    expect(at(`docs/policies/${id}.md`)).toBe(clausesPage(pack, clauses));
  });
});
