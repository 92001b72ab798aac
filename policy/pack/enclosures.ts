import type { Pack } from './pack.ts';

/** What the policy wants put in with a letter of this template, by the pack's own names. */
export const enclosures = ({ stages }: Pack, template: string): string[] =>
  Object.values(stages).flatMap(({ do: steps }) =>
    steps.flatMap((step) => ('letter' in step && step.letter.template === template ? step.letter.enclose : [])),
  );
