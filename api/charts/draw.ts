import type { TopLevelSpec } from 'vega-lite';
import { z } from 'zod';
import type { Download } from '../web/route.ts';

/** What a chart's address asks: a phone has a narrow picture of its own, where the wide one made smaller could not be read. */
export const Size = z.object({ size: z.enum(['wide', 'narrow']).default('wide') });
export type Size = z.infer<typeof Size>['size'];

/** Pixels. */
export const widths: Record<Size, number> = { wide: 640, narrow: 280 };

/** Colours of lines and words: each stands out from white by more than 4.5:1. */
export const ink = { line: '#1d70b8', quiet: '#505a5f', step: '#912b88' };

/** Fills that differ in pattern as well as in colour: on grey paper and to every eye. */
export const fills = { plain: 'url(#plain)', striped: 'url(#striped)', crossed: 'url(#crossed)' };

const patterns = [
  ['plain', '<rect width="8" height="8" fill="#1d70b8"/>'],
  [
    'striped',
    '<rect width="8" height="8" fill="#ffffff"/><path d="M-2,2l4,-4M0,8l8,-8M6,10l4,-4" stroke="#8a5a00" stroke-width="3"/>',
  ],
  ['crossed', '<rect width="8" height="8" fill="#a82a17"/><path d="M0,0l8,8M0,8l8,-8" stroke="#ffffff" stroke-width="1"/>'],
].map(([id, body]) => `<pattern id="${id}" width="8" height="8" patternUnits="userSpaceOnUse">${body}</pattern>`);

/** How all charts look. */
export const look = {
  background: 'white',
  padding: { left: 2, right: 16, top: 4, bottom: 4 },
  config: {
    font: 'Arial, sans-serif',
    axis: { labelFontSize: 14, titleFontSize: 14, titleFontWeight: 'normal' },
    legend: { labelFontSize: 14, symbolSize: 200, symbolStrokeWidth: 1 },
    view: { stroke: null },
  },
} as const;

/** A chart as a file. Vega takes half a second to load: that is when the first chart is asked for, not when the program starts. */
export async function drawn(file: string, spec: TopLevelSpec): Promise<Download> {
  const { svgOf } = await import('./vega.ts');
  const content = (await svgOf(spec)).replace(/<svg[^>]*>/, `$&<defs>${patterns.join('')}</defs>`);
  return { file, type: 'image/svg+xml', content };
}
