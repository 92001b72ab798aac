import type { AsWritten } from '../pack/as-written.ts';
import { conditionsIn } from '../pack/condition.ts';
import { attendancesTold } from './attendances.ts';
import type { Rule } from './finding.ts';
import { percent } from './range.ts';
import { together, type Way, waysOn } from './ways-on.ts';

type Edge = { to: string; clause: number; way: Way };
type Circle = { stages: readonly string[]; clause: number; at: number };

/** Paths that are looked at in search of circles: more than any ladder that somebody climbs has. */
const most = 20_000;

/** Stages that a case goes round and round, on one day and at one attendance, while no time passes and nobody outside answers. */
export const circleRule: Rule = {
  id: 'stages-in-a-circle',
  severity: 'error',
  about: 'Stages that lead to each other while nothing has moved: neither attendance nor time nor the authority’s answer',
  source: 'A case that goes round does nothing',
  find: (pack) =>
    circlesIn(pack).map(({ stages, clause, at }) => ({
      path: ['stages', stages[0] ?? '', 'next', clause],
      why: `${asksAttendance(pack, stages) ? `At ${percent(at)} of attendance ` : ''}${stages
        .map((name, i) => `"${name}" leads ${i === stages.length - 1 ? 'back ' : ''}to "${stages[i + 1] ?? stages[0]}"`)
        .join(', ')}`,
      cure: 'Narrow one of the conditions, or let it ask that time has passed: "waited", or "in stage"',
    })),
};

/** Every circle once, with an attendance at which it turns and the clause by which its first stage is left. */
function circlesIn(pack: AsWritten): Circle[] {
  const found = new Map<string, Circle>();
  const names = Object.keys(pack.stages);
  let looked = 0;
  for (const at of attendancesTold(pack)) {
    const edges = new Map(names.map((name) => [name, edgesFrom(pack, name, at)]));
    const follow = (path: readonly string[], clause: number, so: Way): void => {
      for (const { to, way, clause: by } of edges.get(path.at(-1) ?? '') ?? []) {
        const still = together(so, way);
        if (!still || looked++ > most) continue;
        const left = path.length === 1 ? by : clause;
        const [first = ''] = path;
        if (to === first) found.set([...path].sort().join('\n'), { stages: path, clause: left, at });
        // A circle is looked for from its first stage alone.
        else if (!path.includes(to) && names.indexOf(to) > names.indexOf(first)) follow([...path, to], left, still);
      }
    };
    for (const name of names) follow([name], 0, new Map());
  }
  return [...found.values()];
}

/** Where a case may go at once from a stage: the first clause that is surely so ends the list. */
function edgesFrom({ stages, bands }: AsWritten, stage: string, at: number): Edge[] {
  const edges: Edge[] = [];
  for (const [clause, { when, go }] of (stages[stage]?.next ?? []).entries()) {
    const ways = waysOn(when, { stage, at, bands });
    edges.push(...ways.map((way) => ({ to: go, clause, way })));
    if (ways.some((way) => way.size === 0)) break;
  }
  return edges;
}

const asksAttendance = ({ stages }: AsWritten, names: readonly string[]): boolean =>
  names.some((name) =>
    stages[name]?.next.some(
      ({ when, go }) => names.includes(go) && conditionsIn(when).some(({ attendance }) => attendance && !attendance.over),
    ),
  );
