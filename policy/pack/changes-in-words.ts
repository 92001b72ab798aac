import { longDay } from '../calendar/day.ts';
import { capital } from '../capital.ts';
import { type Arrangement, arrangements } from './arrangements.ts';
import { about, aboutRaw, type Change, changedInSilence, changesOf, type Part, type Said } from './changes.ts';
import { citing } from './citing.ts';
import {
  bandsInWords,
  leaveInWords,
  type Named,
  overriddenInWords,
  peopleInWords,
  reviewsInWords,
  rewardsInWords,
} from './clauses-in-words.ts';
import type { Pack } from './pack.ts';
import { packWords } from './pack-words.ts';
import { beginningInWords, endsInWords, rulesCited } from './plain-english.ts';
import { ruleName } from './stage.ts';
import { stageParts } from './stage-parts.ts';

/** What became of a part of a policy. `unsaid` if something changed of which no sentence speaks. */
export type PartChange = { title: string; kind: 'new' | 'gone' | 'changed'; changes: Change[]; unsaid: boolean };

/** What is new, gone and changed from one version of a policy to another, as staff read it. */
export const changesInWords = (before: Pack, after: Pack): PartChange[] =>
  [
    ...[changed('The document', [document], before, after), changed('What makes a case', [opening], before, after)],
    ...[changed('The order of the steps', [stageOrder(before, after)], before, after), ...stageChanges(before, after)],
    ...Object.entries(beside).map(([title, part]) => changed(title, [part], before, after)),
    ...arrangements.map(({ title, parts, says }) => changed(title, [arranged(parts, says)], before, after)),
    ...otherKeys.map((key) => changed(capital(key), [{ raw: (pack) => pack[key], said: () => [] }], before, after)),
  ].filter(({ changes, unsaid }) => changes.length > 0 || unsaid);

function changed<Of>(title: string, parts: readonly Part<Of>[], before: Of, after: Of): PartChange {
  const found = parts.map(({ raw, said }) => {
    const [was, now] = [said(before), said(after)];
    const changes = changesOf(was, now);
    const silent = changes.length === 0 ? JSON.stringify(raw(before)) !== JSON.stringify(raw(after)) : changedInSilence(was, now);
    return { changes, unsaid: silent };
  });
  return { title, kind: 'changed', changes: found.flatMap(({ changes }) => changes), unsaid: found.some(({ unsaid }) => unsaid) };
}

function stageChanges(before: Pack, after: Pack): PartChange[] {
  const names = [...new Set([...Object.keys(after.stages), ...Object.keys(before.stages)])];
  return names.map((name) => {
    const change = changed(`Step: ${capital(name)}`, stageParts(name), before, after);
    if (!before.stages[name]) return { ...change, kind: 'new', unsaid: false };
    return after.stages[name] ? change : { ...change, kind: 'gone', unsaid: false };
  });
}

/** Of the steps that stay, in which order they are. */
function stageOrder(before: Pack, after: Pack): Part<Pack> {
  const kept = (pack: Pack) => Object.keys(pack.stages).filter((name) => before.stages[name] && after.stages[name]);
  return { raw: kept, said: (pack) => kept(pack).map((name) => ({ about: name, says: capital(name) })) };
}

const document: Part<Pack> = {
  raw: (pack) => [pack.title, pack.source, pack['in force']],
  said: (pack) => [
    { about: 'title', says: pack.title },
    { about: 'source', says: `After: ${pack.source}` },
    { about: 'from', says: `In force from ${longDay(pack['in force'].from)}` },
    ...(pack['in force'].to ? [{ about: 'to', says: `In force until ${longDay(pack['in force'].to)}` }] : []),
  ],
};

const opening: Part<Pack> = {
  raw: (pack) => [pack.opens, pack['alongside opens'], pack['concern opens']],
  said: (pack) => {
    const asked = pack['alongside opens'];
    const rules = asked === undefined ? [] : [`When one of the rules beside the steps asks for something: ${capital(asked)}`];
    return about(
      [...beginningInWords(pack), ...rules],
      [...pack.opens.map(({ stage }) => stage), ...(pack['concern opens'] === undefined ? [] : ['concern']), 'alongside'],
    );
  },
};

/** The sentences of what is arranged beside the steps; each is about what its first words name. */
const arranged = (parts: Arrangement['parts'], says: Arrangement['says']): Part<Pack> => ({
  raw: (pack) => parts.map((part) => pack[part]),
  said: (pack) => {
    const sentences = says(pack, 'staff');
    return about(
      sentences,
      sentences.map((sentence) => sentence.split(' ', 3).join(' ')),
    );
  },
});

/** What stands beside the steps, by the titles that the page of a policy gives it. */
const beside: Record<string, Part<Pack>> = {
  'When it ends': {
    raw: (pack) => [pack.closes, pack['year end']],
    said: (pack) => about(endsInWords(pack, 'staff'), ['closes', 'year end']),
  },
  'At any time, whatever the steps do': {
    raw: (pack) => pack.alongside,
    said: (pack) => aboutRaw(rulesCited(pack, 'staff'), pack.alongside.map(ruleName), pack.alongside),
  },
  'Bands of attendance': { raw: (pack) => pack.bands, said: (pack) => named(bandsInWords(pack, 'staff')) },
  'Leave in term time': { raw: (pack) => pack.leave, said: (pack) => about(leaveInWords(pack, 'staff'), []) },
  'Well done': {
    raw: (pack) => pack.rewards,
    said: (pack) => named(rewardsInWords(pack, 'staff')),
  },
  'Who acts': { raw: (pack) => pack.people, said: (pack) => named(peopleInWords(pack)) },
  Reviews: { raw: (pack) => pack.reviews, said: (pack) => named(reviewsInWords(pack)) },
  'Good to know': {
    raw: (pack) => pack.advice,
    said: (pack) =>
      about(
        pack.advice.map(({ says, source }) => citing(says, source, 'staff')),
        [],
      ),
  },
  'Where the law decides': { raw: (pack) => pack['overridden by law'], said: (pack) => about(overriddenInWords(pack), []) },
};

const spoken = new Set<string>([
  ...[
    'pack',
    'title',
    'source',
    'in force',
    'opens',
    'alongside opens',
    'concern opens',
    'stages',
    'closes',
    'year end',
    'alongside',
  ],
  ...['bands', 'leave', 'rewards', 'people', 'reviews', 'advice', 'overridden by law'],
  ...arrangements.flatMap(({ parts }) => parts),
]);
const otherKeys = Object.keys(packWords.shape).filter((key) => !spoken.has(key)) as (keyof Pack)[];

const named = (list: readonly Named[]): Said[] => list.map(({ name, says }) => ({ about: name, says: `${name}: ${says}` }));
