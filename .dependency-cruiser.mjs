/** Who may import whom: imports point down this list only (docs/decisions/0002-imports-point-down.md). */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: '^(activities|api|bin|policy|prisma|test|workflows)/', pathNot: [`^${from}/`, ...allowed] },
});

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A circle has no beginning to read from.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('policy-is-pure', 'policy', [], 'Rules import nothing of ours but rules.'),
    only('prisma-knows-policy', 'prisma', ['^policy/'], 'Queries may use the rules and their types.'),
    only(
      'activities-know-rules-and-queries',
      'activities',
      ['^policy/', '^prisma/', '^workflows/'],
      'Effects use rules and queries; of workflows only messages and types.',
    ),
    {
      name: 'activities-take-only-messages',
      severity: 'error',
      from: { path: '^activities/' },
      to: { path: '^workflows/', pathNot: 'messages\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    only('workflows-only-wait', 'workflows', ['^policy/', '^activities/'], 'Workflows start activities by their types.'),
    only(
      'api-translates',
      'api',
      ['^policy/', '^prisma/', '^workflows/.*messages\\.ts$'],
      'Routes use rules, queries and messages; anything else is handed to them.',
    ),
    {
      name: 'policy-imports-few-packages',
      severity: 'error',
      from: { path: '^policy/' },
      to: { dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/(zod|yaml)/' },
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    { name: 'not-found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^prisma/generated/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.cjs', '.js'],
      conditionNames: ['import', 'node', 'require', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
