import type { TopLevelSpec } from 'vega-lite';
import { bandWords } from '../../policy/figures/bands.ts';
import type { Band } from '../../policy/register/measures/band.ts';
import { fills, ink, look } from './draw.ts';

/** How many pupils are in each band, as bars one below the other, each with its number. One fill: a bar is known by its words. */
export function bandBars(counts: readonly { band: Band; pupils: number }[], width: number): TopLevelSpec {
  const values = counts.map(({ band, pupils }) => ({ band: bandWords[band].ends, pupils }));
  const encoding = {
    y: { field: 'band', type: 'nominal', sort: null, title: null, axis: { labelLimit: 0, ticks: false, domain: false } },
    x: { field: 'pupils', type: 'quantitative', title: 'Pupils', axis: { tickMinStep: 1, tickCount: Math.round(width / 120) } },
  };
  return {
    ...{ ...look, width: width - 150, height: 150, data: { values } },
    encoding,
    layer: [
      { mark: { type: 'bar', fill: fills.plain } },
      {
        mark: { type: 'text', align: 'left', dx: 4, fontSize: 14, color: ink.quiet },
        encoding: { text: { field: 'pupils', format: ',' } },
      },
    ],
  } as TopLevelSpec;
}
