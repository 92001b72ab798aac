import type { Rule } from '../../policy/lint/finding.ts';
import type { Placed } from '../../policy/lint/lint-text.ts';

/** Findings as SARIF 2.1.0 (OASIS), which editors and code hosts read. */
export const sarifOf = (found: readonly Placed[], rules: readonly Rule[]) => ({
  $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'firstbell lint',
          rules: rules.map(({ id, about, source }) => ({
            id,
            shortDescription: { text: about },
            help: { text: source },
          })),
        },
      },
      results: found.map(({ rule, severity, why, cure, clause, fileName, line, column }) => ({
        ruleId: rule,
        level: severity,
        message: { text: `${why}. ${cure}.` },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: fileName }, region: { startLine: line, startColumn: column } },
            ...(clause !== '' && { logicalLocations: [{ fullyQualifiedName: clause }] }),
          },
        ],
      })),
    },
  ],
});
