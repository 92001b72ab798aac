import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import { CalendarEnds } from '../../policy/calendar/school-calendar.ts';
import { leading } from '../../policy/case/decide.ts';
import { lint } from '../../policy/lint/lint.ts';
import { isNoPack, lintText } from '../../policy/lint/lint-text.ts';
import { arrangedIn } from '../../policy/pack/arrangements.ts';
import {
  adviceInWords,
  bandsInWords,
  leaveInWords,
  overriddenInWords,
  peopleInWords,
  reviewsInWords,
  rewardsInWords,
} from '../../policy/pack/clauses-in-words.ts';
import { beginningInWords, endsInWords, rulesCited, stagesInWords } from '../../policy/pack/plain-english.ts';
import type { Reader } from '../../policy/pack/to-families.ts';
import { Refusal } from '../../policy/refusal.ts';
import { dayOf } from '../../prisma/day-column.ts';
import {
  type KeptPack,
  type KeptVersion,
  keptPacks,
  keptVersions,
  layersOf,
  newestPack,
  packOf,
  packShown,
} from '../../prisma/packs.ts';
import { lastFollowed } from '../../prisma/policies-followed.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { namesOf } from '../../prisma/users.ts';
import { instant } from '../letters/words.ts';
import type { Ctx, View } from '../web/route.ts';
import { personWords } from '../web/shapes.ts';
import { drawingsOf } from './drawing/drawing-view.ts';
import { proofView } from './proof.ts';
import { policyKeepers } from './reach.ts';
import { whyNotToFollow } from './theirs.ts';

type Looking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** The policies that are kept here, the school's own first; with `typed` in the form for the next, if it was wrong. */
export async function policiesView({ deps, user, at }: Looking, { typed = '' }: { typed?: string } = {}): Promise<View> {
  const school = await schoolOf(deps.db, { schoolId: user.schoolId });
  const { packId } = school;
  const all = await keptPacks(deps.db, todayAt(school, at));
  const policies = all.map(({ pack, versions }) => ({
    ...{ href: `/policies/${pack.pack}`, text: pack.title, own: pack.pack === packId },
    says: `In force from ${longDay(pack['in force'].from)}; ${versions === 1 ? 'one version is kept' : `${versions} versions are kept`}`,
  }));
  return {
    template: 'policies/policies.njk',
    model: {
      policies: policies.sort((a, b) => Number(b.own) - Number(a.own)),
      followed: await followedInWords({ deps }, school),
      ...{ mayKeep: policyKeepers.some((role) => role === user.role), typed, decisionKey: randomUUID() },
    },
  };
}

/** Since when the school follows its policy, and who said so; null if its file alone did. */
async function followedInWords({ deps }: Pick<Looking, 'deps'>, school: { id: string; packId: string }): Promise<string | null> {
  const last = await lastFollowed(deps.db, school);
  if (!last) return null;
  const by = (await namesOf(deps.db, [last.byUser])).get(last.byUser);
  const [now, was] = await Promise.all([last.packId, last.was].map(async (id) => (await newestPack(deps.db, id)).pack.title));
  const since = `Your school follows the ${now} since ${longDay(last.on)}, in place of the ${was}`;
  return by ? `${since}. ${personWords(by)} said so.` : `${since}.`;
}

export type Asked = Ctx<{ policy: string }, { reader: Reader; from?: string | undefined; version?: string | undefined }>;

/** This version of a policy; if none is named, the one in force, or else the newest. @throws Refusal('NotFound') */
export async function packAsked({ deps, user, at }: Looking, id: string, version: string | undefined): Promise<KeptPack> {
  if (version !== undefined) return { version, pack: await packOf(deps.db, id, version) };
  return packShown(deps.db, id, todayAt(await schoolOf(deps.db, user), at));
}

/** One policy, to be read on a screen. */
export const policyView = async (asked: Asked): Promise<View> => ({
  template: 'policies/policy.njk',
  model: await policyModel(asked),
});

export type PolicyModel = Awaited<ReturnType<typeof policyModel>>;

/** All that is said of a policy: its ladder, what stands beside it, and what became of what its document says. */
export async function policyModel({ deps, user, at, params, query }: Asked) {
  const { packId, id } = await schoolOf(deps.db, { schoolId: user.schoolId });
  const { version, pack } = await packAsked({ deps, user, at }, params.policy, query.version);
  const versions = await keptVersions(deps.db, params.policy);
  const { reader, from } = query;
  const beginning = from === undefined ? undefined : { on: from, calendar: await calendarOf(deps.db, id) };
  const staff = reader === 'staff';
  return {
    ...{
      title: pack.title,
      id: pack.pack,
      own: pack.pack === packId,
      mayFollow:
        pack.pack !== packId &&
        policyKeepers.some((role) => role === user.role) &&
        (await whyNotToFollow({ deps, user }, pack.pack)) === null,
      mayMove: pack.pack === packId && leading.some((role) => role === user.role),
      version,
      versionAsked: query.version ?? '',
      reader,
      staff,
      from: from ?? '',
      source: pack.source,
    },
    compared: versions.length > 1,
    versions: versions.map((one) => versionShown(one, version)),
    pdf: `/policies/${pack.pack}/policy.pdf?${new URLSearchParams({ reader, from: from ?? '', ...(query.version && { version: query.version }) })}`,
    inForceFrom: pack['in force'].from,
    inForce: longDay(pack['in force'].from),
    ...{
      opens: staff ? beginningInWords(pack) : [],
      stages: stagesWithDates(pack, reader, beginning),
      ends: endsInWords(pack, reader),
    },
    ...{ rules: rulesCited(pack, reader), drawings: drawingsOf(pack, reader) },
    ...{
      bands: bandsInWords(pack, reader),
      people: staff ? peopleInWords(pack) : [],
      reviews: staff ? reviewsInWords(pack) : [],
    },
    ...{ leave: leaveInWords(pack, reader), rewards: rewardsInWords(pack, reader), advice: adviceInWords(pack, reader) },
    ...{ arranged: arrangedIn(pack, reader), overridden: staff ? overriddenInWords(pack) : [] },
    ...{ proof: staff ? await proofView({ deps }, { pack, version }, user.role) : null, decisionKey: randomUUID() },
    findings: staff ? [...(await unreadIn(deps.db, params.policy, version)), ...lint(pack)].map(inOneLine) : [],
  };
}

const inOneLine = ({ why, cure }: { why: string; cure: string }): string => `${why}. ${cure}.`;

/** What a kept text says and this release does not read, each with its line: nobody follows it. */
async function unreadIn(db: Looking['deps']['db'], id: string, version: string): Promise<{ why: string; cure: string }[]> {
  const { text, baseOf } = await layersOf(db, id, version);
  return lintText(text, id, baseOf)
    .filter(isNoPack)
    .map(({ why, cure, ...at }) => ({ why: `Not followed, line ${at.line} of ${at.fileName} (${at.clause}): ${why}`, cure }));
}

/** A version that is kept, with the way to it unless it is the one that is shown. */
const versionShown = ({ version, keptAt, inForceFrom, inForceTo }: KeptVersion, shown: string) => ({
  ...{ version, shown: version === shown },
  says: `kept on ${instant(keptAt)}; in force from ${longDay(dayOf(inForceFrom))}${inForceTo ? ` to ${longDay(dayOf(inForceTo))}` : ''}`,
});

/** @throws Refusal('BadInput') if the school's calendar ends before a date that would be shown. */
function stagesWithDates(...asked: Parameters<typeof stagesInWords>) {
  try {
    return stagesInWords(...asked);
  } catch (error) {
    if (error instanceof CalendarEnds) throw new Refusal('BadInput', error.message);
    throw error;
  }
}
