import { randomUUID } from 'node:crypto';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { titleOf } from '../../policy/people/roles.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import { pupilStory } from '../../policy/simulate/one-pupil.ts';
import { daysOfSchoolYear } from '../../policy/simulate/school-year.ts';
import { keptPacks } from '../../prisma/packs.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { pupilsMeant } from '../../prisma/pupils-meant.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import type { Option } from '../layout/fields.ts';
import type { Ctx, View } from '../web/route.ts';
import { simulationAt } from './facts.ts';
import { type OnePupil, otherwiseFacts, packAt, pupilYearAt } from './pupil-year.ts';
import type { WhatIf } from './shapes.ts';
import { type StoryLine, storyLines } from './story-lines.ts';
import { type Typed, whatIfChoices } from './what-if-form.ts';

type Reading = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** The pupils whose year can be told as a story, found by name, class or UPN. */
export async function pupilsView({ deps, user }: Reading, id: string, name: string): Promise<View> {
  const { asked, report } = await simulationAt({ deps, user }, id);
  const days = daysOfSchoolYear(asked.year);
  const there = days && { ...days, to: report?.until ?? days.to };
  const found = there ? (await pupilsMeant(deps.db, user, name, there)).slice(0, 50) : [];
  const called = await toldApart(
    deps.db,
    found.map((pupil) => pupil.id),
  );
  return {
    template: 'simulations/pupils.njk',
    model: {
      ...{ href: `/simulations/${id}`, year: asked.year, name },
      rows: found.map((pupil) => ({
        ...{
          href: `/simulations/${id}/pupils/${pupil.id}`,
          text: called({ id: pupil.id, name: pupil.chosenName }),
          className: pupil.className,
        },
      })),
    },
  };
}

/** One pupil's year as a story: under one policy, or two beside each other; and the form for what may be otherwise. */
export async function storyView(ctx: Reading, of: OnePupil, typed: Record<string, unknown> = {}): Promise<View> {
  const { pupil, packs, year, asked } = await pupilYearAt(ctx, of);
  const stories = packs.map((pack) => storyLines(pupilStory(year, pack)));
  const policies = await policyOptions(ctx);
  const [only = [], other] = stories;
  return {
    template: 'simulations/story.njk',
    model: {
      ...{ typed: { n: '0', ...typed }, decisionKey: randomUUID(), here: addressOf(of), simulation: `/simulations/${of.id}` },
      ...{ pupil: { name: pupil.chosenName, className: pupil.className, href: `/register/${pupil.id}` }, year: asked.year },
      ...{ until: longDay(year.until), titles: packs.map(({ title }) => title) },
      story: other ? null : only.map(entry),
      days: other ? daysOf(only, other) : [],
      which: packs.map(({ title }, n) => ({ value: String(n), text: title })),
      choices: whatIfChoices(proposalsIn(stories), policies),
    },
  };
}

/** One pupil's year as it was, and with one thing otherwise. */
export async function otherwiseView(ctx: Reading, of: OnePupil, { n, change }: { n: number; change: WhatIf }): Promise<View> {
  const { pupil, packs, asked } = await pupilYearAt(ctx, of);
  const { asItWas, otherwise, parts } = await otherwiseFacts(ctx, of, n, change);
  const says = changeInWords(change, asItWas, await policyOptions(ctx));
  return {
    template: 'simulations/otherwise.njk',
    model: {
      ...{ here: addressOf(of), pupil: { name: pupil.chosenName, className: pupil.className }, year: asked.year },
      ...{ title: packAt(packs, n).title, change: says, days: daysOf(asItWas, otherwise) },
      parts: parts && longDay(parts),
    },
  };
}

const policyOptions = async ({ deps, user, at }: Reading): Promise<Option[]> =>
  (await keptPacks(deps.db, todayAt(await schoolOf(deps.db, user), at))).map(({ pack }) => ({
    value: pack.pack,
    text: pack.title,
  }));

const addressOf = ({ id, pupilId }: OnePupil): string => `/simulations/${id}/pupils/${pupilId}`;

/** Where a story with one thing otherwise is seen. */
export function otherwiseAddress(of: OnePupil, typed: Typed): string {
  const said = Object.entries(typed).filter(([, value]) => value !== '');
  return `${addressOf(of)}?${new URLSearchParams(said.map(([name, value]): [string, string] => [name, String(value)]))}`;
}

const entry = ({ on, says, detail, by, clause }: StoryLine) => ({
  ...{ day: on, on: longDay(on), title: says, by: by && titleOf(by), words: null },
  detail: [detail, clause && `Clause: ${clause}`].filter(Boolean).join('. ') || null,
});

/** Two stories day by day, and on which days they are not the same. */
function daysOf(a: readonly StoryLine[], b: readonly StoryLine[]) {
  const all = [...new Set([...a, ...b].map(({ on }) => on))].sort();
  return all.map((day) => {
    const [one, other] = [a, b].map((lines) => lines.filter(({ on }) => on === day).map(entry));
    return { day, on: shortDay(day), stories: [one, other], differs: JSON.stringify(one) !== JSON.stringify(other) };
  });
}

/** Everything that was proposed, once. */
function proposalsIn(stories: readonly (readonly StoryLine[])[]): Option[] {
  const proposed = stories.flat().filter(({ about }) => about !== null);
  const named = new Map(
    proposed.map((line) => [`${line.on} ${line.about}`, `${proposedIn(line)}, proposed on ${shortDay(line.on)}`]),
  );
  return [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([value, text]) => ({ value, text }));
}

/** "the mark of 15 Sep 2026, morning, were I" */
function changeInWords(change: WhatIf, lines: readonly StoryLine[], policies: readonly Option[]): string {
  if (change.what === 'mark') return `the mark of ${sessionWords(`${change.on} ${change.session}`)}, were ${change.code}`;
  if (change.what === 'policy')
    return `the policy were the ${policies.find(({ value }) => value === change.policy)?.text ?? change.policy}`;
  const meant = lines.find(({ on, about }) => on === change.madeOn && about === change.about);
  const named = `“${meant ? proposedIn(meant) : change.about}”, proposed on ${shortDay(change.madeOn)},`;
  return change.what === 'day'
    ? `${named} were decided on ${shortDay(change.decidedOn)}`
    : `${named} ${saidOtherwise[change.say]}`;
}

const saidOtherwise: Record<Extract<WhatIf, { what: 'decision' }>['say'], string> = {
  yes: 'were agreed to or done',
  no: 'were declined',
  nothing: 'were never decided',
  'not reached': 'did not reach the family',
  refused: 'were refused by the parents',
  'not attended': 'were attended by nobody',
};

/** What was proposed, of a line that says so. */
const proposedIn = ({ says }: StoryLine): string => says.replace(/^(Proposed|Asked): /, '');
