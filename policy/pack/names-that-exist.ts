import type { z } from 'zod';
import { conditionsIn } from './condition.ts';
import { conditionsOf } from './conditions-of.ts';
import type { packWords } from './pack-words.ts';
import { type Rule, ruleName } from './stage.ts';
import { peopleOf, type Step } from './step.ts';

type Path = PropertyKey[];

type Words = z.infer<typeof packWords>;
/** What closes a case may be missing from a document. */
type Named = Pick<
  Words,
  | 'people'
  | 'opens'
  | 'stages'
  | 'alongside'
  | 'alongside opens'
  | 'concern opens'
  | 'bands'
  | 'softens'
  | 'cohorts'
  | 'year end'
  | 'unexplained absences'
> & { closes?: Words['closes'] | undefined };

/** Every stage, person and band that a clause names is there: a pack with a dead end is refused at its door. */
export function namesThatExist(pack: Named, ctx: z.RefinementCtx): void {
  const known = (what: string, among: object | undefined, plural: string) => (name: string, path: Path) => {
    if (Object.hasOwn(among ?? {}, name)) return;
    const names = Object.keys(among ?? {}).join(', ') || 'none';
    ctx.addIssue({ code: 'custom', path, message: `There is no ${what} "${name}". ${plural}: ${names}` });
  };
  const stage = known('stage', pack.stages, 'Stages');
  const person = known('person', pack.people, 'People');
  const band = known('band', pack.bands, 'Bands');
  const steps = (all: readonly Step[], path: Path) =>
    all.forEach((step, i) => {
      for (const name of peopleOf(step)) person(name, [...path, i]);
    });
  const rules = (all: readonly Rule[], path: Path) =>
    all.forEach((rule, i) => {
      steps(rule.do, [...path, i, 'do']);
    });
  /** A rule is remembered by what it says beside all stages, and by what it cites in one stage: no two have it in common. */
  const once = (all: readonly Rule[], nameOf: (rule: Rule) => string, path: Path, how: 'say' | 'cite') =>
    all.forEach((rule, i) => {
      if (all.findIndex((one) => nameOf(one) === nameOf(rule)) < i)
        ctx.addIssue({
          code: 'custom',
          path: [...path, i],
          message: `Two rules ${how} "${nameOf(rule)}": ${how === 'say' ? 'say of' : 'cite for'} each what is its own`,
        });
    });

  pack.opens.forEach((opening, i) => {
    stage(opening.stage, ['opens', i, 'stage']);
  });
  for (const { when, path } of conditionsOf(pack))
    for (const { attendance } of conditionsIn(when))
      if (attendance?.['in band'] !== undefined) band(attendance['in band'], [...path]);
  for (const [name, someone] of Object.entries(pack.people)) person(someone['stands in'], ['people', name, 'stands in']);
  for (const [name, of] of Object.entries(pack.stages)) {
    steps(of.do, ['stages', name, 'do']);
    rules(of.alongside, ['stages', name, 'alongside']);
    once(of.alongside, ({ source }) => source, ['stages', name, 'alongside'], 'cite');
    of.next.forEach(({ go }, i) => {
      stage(go, ['stages', name, 'next', i, 'go']);
    });
  }
  rules(pack.alongside, ['alongside']);
  once(pack.alongside, ruleName, ['alongside'], 'say');
  if (pack['alongside opens'] !== undefined) stage(pack['alongside opens'], ['alongside opens']);
  else if (pack.alongside.length > 0)
    ctx.addIssue({
      code: 'custom',
      path: ['alongside'],
      message: 'Say with "alongside opens" in which stage a case begins for a pupil for whom only such a rule is so',
    });
  if (pack['concern opens'] !== undefined) stage(pack['concern opens'], ['concern opens']);
  for (const [i, name] of pack.closes?.['not in'].entries() ?? []) stage(name, ['closes', 'not in', i]);
  const first = pack['unexplained absences']?.contact;
  if (first) person(first.by, ['unexplained absences', 'contact', 'by']);
  if (pack.softens) person(pack.softens['review by'], ['softens', 'review by']);
  for (const [i, cohort] of pack.cohorts.entries())
    if (cohort['review by'] !== undefined) person(cohort['review by'], ['cohorts', i, 'review by']);
  const after = pack['year end']?.['open cases'];
  if (typeof after === 'object') stage(after['go to'], ['year end', 'open cases', 'go to']);
  if (after === 'are looked at') person(pack['year end']?.['looked at by'] ?? '', ['year end', 'looked at by']);
}
