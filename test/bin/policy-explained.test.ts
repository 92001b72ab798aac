import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { baseBeside } from '../../bin/pack-files.ts';
import { explained } from '../../bin/policy/explained.ts';
import { layered } from '../../policy/pack/layers.ts';

const file = new URL('../../docs/examples/school-within-a-trust.yaml', import.meta.url).pathname;

it('what is in force is printed with who says each part, and whose setting gave a value', () => {
  const { value, layerOf } = layered(readFileSync(file, 'utf8'), 'school', (id) => {
    const base = baseBeside(file)(id);
    return base && { ...base, fileName: 'trust' };
  });
  const text = explained(value, layerOf);
  expect(text).toContain(
    '# by trust\nopens:\n  - when:\n      attendance:\n        below: 96% # setting "early outreach", by school\n',
  );
  expect(text).toContain('  # by school\n  family worker:\n    role: dsl\n');
  expect(text).toContain('  # by trust\n  headteacher:\n');
  expect(text.match(/# by /g)?.length).toBeLessThan(60);
});

it('a policy of one layer says so once', () => {
  const one = layered('pack: a\nstages: { x: { says: b } }\n', 'alone');
  expect(explained(one.value, one.layerOf)).toBe('# All by alone\n\npack: a\nstages:\n  x:\n    says: b\n');
});
