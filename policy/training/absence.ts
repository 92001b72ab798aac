import { type Day, weekday } from '../calendar/day.ts';
import { draw, pick } from './draw.ts';
import { type Done, effect, worst } from './response.ts';
import { chances, type Shape } from './shape.ts';
import { seed, yearDays } from './timetable.ts';

type Who = { no: string; shape: Exclude<Shape, 'scripted'> };

/** The longest absence that any shape knows, in school days. */
const longestOfAll = 5;
const placeOf = new Map(yearDays.map((day, place) => [day, place]));

/**
 * The absence that covers a school day, if one does: it may have begun up to four school days before. Looks at no day
 * but these, so that any pupil's any day can be had alone.
 */
export function absence({ no, shape }: Who, day: Day, done: readonly Done[]): { code: string; half: boolean } | null {
  const place = placeOf.get(day) ?? -1;
  for (let back = 0; back < longestOfAll; back++) {
    const start = yearDays[place - back];
    if (!start) return null;
    const name = `${seed} ${no} ${start}`;
    const { begins, longest, codes } = chances[shape]({
      through: (place - back) / yearDays.length,
      weekday: weekday(start),
      from: draw(`${seed} ${no} from`),
    });
    const begun = draw(`${name} begins`);
    if (begun >= begins * worst || begun >= begins * effect(no, start, done)) continue;
    const length = 1 + Math.floor(draw(`${name} length`) ** 2 * longest);
    if (length > back) return { code: pick(`${name} code`, codes), half: length === 1 && draw(`${name} half`) < 0.35 };
  }
  return null;
}
