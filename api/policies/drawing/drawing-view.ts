import { counted } from '../../../policy/counted.ts';
import { drawingOf } from '../../../policy/draw/drawing.ts';
import type { Pack } from '../../../policy/pack/pack.ts';
import type { Reader } from '../../../policy/pack/to-families.ts';
import { remembered } from '../../../policy/remembered.ts';
import { laidOut, type Shape } from './laid-out.ts';

/** A policy's procedure as `drawing.njk` draws it: once for each place where it may be read, of which the stylesheet shows one. */
export const drawingsOf = (pack: Pack, reader: Reader) => drawn[reader](pack);

/** A long ladder takes its time to lay out, and a pack never changes. */
const drawn = {
  staff: remembered((pack: Pack) => draw(pack, 'staff')),
  parents: remembered((pack: Pack) => draw(pack, 'parents')),
};

function draw(pack: Pack, reader: Reader) {
  const drawing = drawingOf(pack, reader);
  const { ladder, arrows, beside } = drawing;
  const stages = ladder.filter(({ kind }) => kind === 'stage').length;
  const rules = beside.filter(({ kind }) => kind === 'rule').length;
  const says = `${counted(stages, 'step')} and ${counted(arrows.length, 'way')} to them; ${counted(rules, 'rule')} beside them. All of it is said in words as well.`;
  const of = (shape: Shape) => ({ shape, title: `${pack.title}: its steps as a drawing`, says, ...laidOut(drawing, shape) });
  return { narrow: of('narrow'), wide: of('wide'), paper: of('paper') };
}
