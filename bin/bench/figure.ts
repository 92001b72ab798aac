/** What a figure should reach: its value, or its ratio to the baseline. */
export type Aim = `${'value' | 'ratio'} ${'<' | '<=' | '>='} ${number}`;

/** One thing measured. `ratio` is value to baseline, pair by pair within the run, so that the machine's drift cancels. */
export type Figure = {
  name: string;
  value: number;
  unit: string;
  baseline: number | null;
  ratio: number | null;
  aim: Aim | null;
  /** For the table only. */
  note?: string;
};

type Measured = Pick<Figure, 'name' | 'value' | 'unit'> & Partial<Figure>;

/** A figure to four digits; what is not given is null. */
export const figure = ({ value, baseline = null, ratio = null, aim = null, ...rest }: Measured): Figure => ({
  ...rest,
  value: short(value),
  baseline: baseline === null ? null : short(baseline),
  ratio: ratio === null ? null : short(ratio),
  aim,
});

const short = (number: number): number => Number(number.toPrecision(4));

/** A figure as one line of JSON. */
export const toJson = ({ name, value, unit, baseline, ratio, aim }: Figure): string =>
  JSON.stringify({ name, value, unit, baseline, ratio, aim });

/** True if the figure has what it aims for; null if it aims for nothing. */
export function reached({ aim, value, ratio }: Figure): boolean | null {
  if (aim === null) return null;
  const [of, how, wanted] = aim.split(' ') as ['value' | 'ratio', '<' | '<=' | '>=', string];
  const is = of === 'value' ? value : (ratio ?? Number.NaN);
  const limit = Number(wanted);
  return how === '<' ? is < limit : how === '<=' ? is <= limit : is >= limit;
}

/** Figures as a table for a person. */
export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [
    one.name,
    `${one.value} ${one.unit}`,
    one.baseline === null ? '' : `${one.baseline} ${one.unit}`,
    one.ratio === null ? '' : String(one.ratio),
    one.aim === null ? '' : `${one.aim}: ${reached(one) ? 'reached' : 'NOT reached'}`,
    one.note ?? '',
  ]);
  const all = [['', 'measured', 'baseline', 'ratio', 'aim', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
