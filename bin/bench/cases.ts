import type { Bench } from './bench.ts';
import { aBenchSchool } from './cases/bench-school.ts';
import { startBenchParts } from './cases/parts.ts';
import { oneRound, type Round, type World } from './cases/round.ts';
import { type Aim, type Figure, figure } from './figure.ts';
import { median, quantile } from './quantile.ts';

/**
 * What Firstbell adds to the engine under it, on parts of the bench's own: the product's worker as it runs in production and
 * a bare worker with the same settings, on one engine, each thing measured in turn with its bare counterpart (a workflow
 * that only sets a timer; an update that only answers), so that the machine's drift cancels in the ratios.
 *
 * A case is *in the inbox* when the import that opens it is committed, reading its file included. It is *running* when its
 * workflow has done its first task; the outbox starts it from the commit on, and that is where the time begins. A bare
 * workflow runs when it has done its first task, from the call to start it on.
 *
 * An approval is *accepted* when the engine has written the update down, and *answered* when its caller has the answer. Its
 * letters, one to each of two parents, are *queued* when each has its row in the database and its own workflow in the
 * engine, so that no fault can lose one; they are *written* when each is rendered in its three forms and waits for the end
 * of its recall window. All but "answered" are read off the engine's own clock. "One by one" is a person who approves the
 * next as soon as the last is answered; "ten at once" is ten such people, of whom a small machine has enough. While they
 * approve, the letters of those before are written. A note is the least that a person can say to a case, and nothing follows:
 * what an approval costs without its letters.
 */
export const bench: Bench = {
  summary: 'cases opened and approvals taken, beside bare workflows and updates on the same engine',
  usual: { count: 200, rounds: 4 },
  async run(options) {
    const each = Math.max(2, Math.ceil(options.count / options.rounds));
    const warmUp = Math.max(2, Math.ceil(each / 5));
    const parts = await startBenchParts(options, ['worker', 'bench bare-worker']);
    options.say('Making a school');
    const school = await options.stops.addWhenUp(aBenchSchool(parts.databaseUrl, warmUp + each * options.rounds));
    const world: World = { ...parts, school, told: options.told };
    options.say('Warming up');
    await oneRound(world, 0, warmUp);
    const rounds: Round[] = [];
    for (let i = 0; i < options.rounds; i++) {
      options.say(`Round ${i + 1} of ${options.rounds}: ${each} cases`);
      rounds.push(await oneRound(world, warmUp + i * each, each));
    }
    return [
      beside(rounds, 'cases in the inbox', 'cases/s', ({ inInbox, bareStarts }) => [inInbox, bareStarts], 'ratio >= 0.8'),
      beside(rounds, 'cases running', 'cases/s', ({ running, bareStarts }) => [running, bareStarts], 'ratio >= 0.8'),
      beside(
        rounds,
        'approvals, ten at once',
        'approvals/s',
        ({ tenAtOnce }) => [tenAtOnce.approved.rate, tenAtOnce.bare.rate],
        'ratio >= 0.8',
      ),
      beside(rounds, 'approvals, one by one', 'approvals/s', ({ oneByOne }) => [oneByOne.approved.rate, oneByOne.bare.rate]),
      beside(rounds, 'notes, ten at once', 'notes/s', ({ tenAtOnce }) => [tenAtOnce.noted.rate, tenAtOnce.bare.rate]),
      beside(rounds, 'notes, one by one', 'notes/s', ({ oneByOne }) => [oneByOne.noted.rate, oneByOne.bare.rate]),
      ...latencies(rounds, 'oneByOne', 'one by one', 'value < 200'),
      ...latencies(rounds, 'tenAtOnce', 'ten at once'),
    ];
  },
};

/** A rate beside its bare counterpart: medians over the rounds, the ratio taken in each round. */
function beside(rounds: readonly Round[], name: string, unit: string, of: (round: Round) => [number, number], aim?: Aim): Figure {
  const pairs = rounds.map(of);
  return figure({
    name,
    unit,
    value: median(pairs.map(([product]) => product)),
    baseline: median(pairs.map(([, bare]) => bare)),
    ratio: median(pairs.map(([product, bare]) => product / bare)),
    ...(aim ? { aim } : {}),
  });
}

/** How long an approval and its letters took, of all rounds together. */
function latencies(rounds: readonly Round[], way: 'oneByOne' | 'tenAtOnce', name: string, aim?: Aim): Figure[] {
  const all = (of: (one: Round['oneByOne']['approved']) => readonly number[]) =>
    rounds.flatMap((round) => of(round[way].approved));
  const spans = [
    ['accepted to letter queued', all(({ queued }) => queued), aim],
    ['asked to letter queued', all(({ askedToQueued }) => askedToQueued), undefined],
    ['accepted to letter written', all(({ written }) => written), undefined],
  ] as const;
  return spans.flatMap(([what, ms, p99Aim]) => [
    figure({ name: `${what}, ${name}, p50`, unit: 'ms', value: quantile(ms, 0.5) }),
    figure({ name: `${what}, ${name}, p99`, unit: 'ms', value: quantile(ms, 0.99), ...(p99Aim ? { aim: p99Aim } : {}) }),
  ]);
}
