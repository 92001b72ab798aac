import type { StopList } from '../start/stop-list.ts';
import type { Figure } from './figure.ts';

export type BenchOptions = {
  /** How many of the thing measured, in all rounds together. */
  count: number;
  rounds: number;
  /** An empty folder, thrown away afterwards. */
  folder: string;
  /** Where a fetched engine program is kept. */
  engineKeptIn: string;
  say: (progress: string) => void;
  /** Aborted when the bench is told to stop. */
  told: AbortSignal;
  /** What has to be stopped, however the bench ends. */
  stops: StopList;
};

/** One bench of `firstbell bench`. A file a bench exports it as `bench`. */
export type Bench = {
  /** One line, for the list of benches. */
  summary: string;
  /** What `--count` and `--rounds` are if they are not given; a count of 0 is of a bench that counts nothing. */
  usual: Pick<BenchOptions, 'count' | 'rounds'>;
  run(options: BenchOptions): Promise<Figure[]>;
};
