import { randomUUID } from 'node:crypto';
import { type Day, longDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { counted } from '../../policy/counted.ts';
import type { Placed } from '../../policy/lint/lint-text.ts';
import { changesInWords } from '../../policy/pack/changes-in-words.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import type { Draft } from '../../prisma/pack-draft.ts';
import { packInForce } from '../../prisma/packs.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Ctx, View } from '../web/route.ts';
import { look, seenOf } from './bring-in.ts';

type Looking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** What a text would be as a policy, before anybody keeps it; or what is wrong with it, to be mended on the page. */
export async function draftView(ctx: Looking, text: string, fileName: string): Promise<View> {
  const school = await schoolOf(ctx.deps.db, ctx.user);
  const draft = await look(ctx, text, fileName);
  const shown = { template: 'policies/draft.njk', model: { text, fileName, decisionKey: randomUUID() } };
  if ('wrong' in draft) return { ...shown, status: 422, model: { ...shown.model, wrong: draft.wrong.map(placed), draft: null } };
  const on = todayAt(school, ctx.at);
  const own = { id: school.packId, title: (await packInForce(ctx.deps.db, school.packId, on))?.pack.title ?? school.packId };
  return { ...shown, model: { ...shown.model, wrong: [], draft: draftShown(draft, { on, own, school: school.name }) } };
}

const severities = {
  error: { text: 'Error', colour: 'red' },
  warning: { text: 'Warning', colour: 'yellow' },
  note: { text: 'Note', colour: 'blue' },
};

const placed = ({ severity, line, column, clause, why, cure }: Placed) => ({
  ...{ tag: severities[severity], at: `Line ${line}, column ${column}`, clause },
  says: `${why.replace(/\.$/, '')}.`,
  cure: `${cure}.`,
});

/** Where and when a draft is looked at: the school, and the policy that it follows. */
type Here = { on: Day; own: { id: string; title: string }; school: string };

function draftShown(draft: Draft, here: Here) {
  const { pack, version, known, findings, inForce, extending } = draft;
  return {
    ...{ id: pack.pack, title: pack.title, version, known, seen: seenOf(draft) },
    facts: factsOf(draft, here),
    findings: findings.map(placed),
    isNew: inForce === null,
    changes: inForce ? changesInWords(inForce.pack, pack) : [],
    misfits: extending.filter(({ why }) => why !== null),
  };
}

type Row = [string, string];

function factsOf(draft: Draft, { on, own, school }: Here): Row[] {
  const { pack, inForce, extending } = draft;
  const followed = own.id === pack.pack || extending.some(({ id }) => id === own.id);
  const beside = `${school} follows “${own.title}”. This policy is kept beside it, to be read and tried in simulations, until the school follows it: its page says how`;
  const was = inForce && `Version ${inForce.version}, in force from ${longDay(inForce.pack['in force'].from)}`;
  return [
    ['Policy', `${pack.title} (${pack.pack})`],
    ['After', pack.source],
    ['In place of', was ?? 'Nothing: no version of it is in force today'],
    ['In force', followed ? fromWhen(draft, on) : daysOf(pack)],
    ['Running cases', runningSaid(draft)],
    ...trustRows(draft),
    ...(followed ? [] : [['Followed by', beside] satisfies Row]),
  ];
}

function runningSaid({ running }: Draft): string {
  if (running === 0) return 'None of your school’s runs under it';
  const [stays, each, them] = running === 1 ? ['stays', 'it', 'it'] : ['stay', 'each', 'them'];
  return `${counted(running, 'case')} of your school ${stays} on the version that ${each} began under, until somebody who leads on attendance moves ${them}`;
}

function trustRows({ extending }: Draft): Row[] {
  if (extending.length === 0) return [];
  const fit = extending.filter(({ why }) => why === null).map(({ title }) => `“${title}”`);
  const gets = `${fit.join(', ')}: ${fit.length === 1 ? 'gets' : 'each gets'} a new version of its own policy over this text`;
  return [['Schools of the trust', fit.length === 0 ? 'None gets a new version' : gets]];
}

const daysOf = ({ 'in force': { from, to } }: Pack): string =>
  `From ${longDay(from)}${to === undefined ? '' : ` until ${longDay(to)}`}`;

/** From which day new cases begin under it, if ever. */
function fromWhen({ pack, inForce, later }: Draft, on: Day): string {
  const { from, to } = pack['in force'];
  const until = to === undefined ? '' : `, until ${longDay(to)}`;
  const overtaken = inForce && inForce.pack['in force'].from > from;
  if (to !== undefined && to < on) return `No longer: its time ended on ${longDay(to)}`;
  if (overtaken)
    return `Not: the version in force began later, on ${longDay(inForce.pack['in force'].from)}. Write a later day in its line “in force”`;
  const then = later !== null && later > on ? ` Another version that is kept takes its place on ${longDay(later)}.` : '';
  return `New cases begin under it from ${from > on ? longDay(from) : 'now on'}${until}.${then}`;
}

/** What came of keeping it, in a sentence or two. */
export function keptSaid({
  fresh,
  version,
  misfits,
  draft,
}: {
  fresh: boolean;
  version: string;
  misfits: readonly { id: string }[];
  draft: Draft;
}): string {
  if (!fresh) return `Nothing changed: this is version ${version}, which is kept already.`;
  const not =
    misfits.length === 0 ? '' : ` ${capital(misfits.map(({ id }) => id).join(', '))} did not fit it, and stayed as it was.`;
  return `Kept as version ${version} of ${draft.pack.title}. It is being gone through whether its promises are kept.${not}`;
}
