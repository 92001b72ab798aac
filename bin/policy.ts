import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { londonDay, longDay } from '../policy/calendar/day.ts';
import { counted } from '../policy/counted.ts';
import { lawInWords, statusInWords } from '../policy/law/in-words.ts';
import { ruleSetOn } from '../policy/law/rule-sets.ts';
import { lintText } from '../policy/lint/lint-text.ts';
import { layered } from '../policy/pack/layers.ts';
import { Pack } from '../policy/pack/pack.ts';
import { sourceText } from '../policy/pack/source-text.ts';
import { profileJoined } from '../policy/referral/authority.ts';
import { keepProfile, profileOf } from '../prisma/authority-profiles.ts';
import type { Db } from '../prisma/client.ts';
import { basesOf, keepPack, keptPacks, layersOf, only, packShown } from '../prisma/packs.ts';
import { askProof } from '../prisma/proofs.ts';
import { todayAt, todayAtAuthority } from '../prisma/school-clock.ts';
import { type Command, WrongUse } from './command.ts';
import { foundText } from './lint/found-text.ts';
import { Obstacle } from './obstacle.ts';
import { explained } from './policy/explained.ts';
import { withRunningDatabase } from './running-database.ts';
import { schoolNamed } from './school-named.ts';

export const command: Command = {
  summary: "add a school's own policy or an authority's profile, list what is kept, or show what is in force and who says it",
  usage: 'policy add FILE.yaml | policy list | policy show SCHOOL [--explain]   [--data DIR]',
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { explain: { type: 'boolean', default: false }, data: { type: 'string' } },
    });
    return withRunningDatabase(values.data, whatToDo(positionals, values.explain));
  },
};

function whatToDo([what, name, ...more]: string[], explain: boolean): (db: Db) => Promise<number> {
  if (what === 'add' && name !== undefined && more.length === 0) return (db) => add(db, name);
  if (what === 'list' && name === undefined) return list;
  if (what === 'show' && name !== undefined && more.length === 0) return (db) => show(db, name, explain);
  throw new WrongUse('Choose what to do: add with a file, list, or show with the id of a school.');
}

/** A trust of a hundred schools gets a hundred new versions. */
const inItsTime = { timeout: 120_000 };

async function add(db: Db, file: string): Promise<number> {
  if (!existsSync(file)) throw new Obstacle(`There is no file ${file}: look at its name and folder.`);
  const text = readFileSync(file, 'utf8');
  const fileName = path.basename(file);
  const { value } = sourceText(text, fileName);
  if (typeof value === 'object' && value !== null && 'authority' in value && !('pack' in value)) {
    const today = await todayAtAuthority(db, String(value.authority), Date.now());
    const { id, from, fresh } = await keepProfile(db, { text, fileName }, { today });
    console.log(
      fresh
        ? `The profile of ${id} is kept. Referrals made from ${longDay(from)} on follow it; those made before stay as they are.`
        : `Nothing changed: ${id} is so from ${longDay(from)} on.`,
    );
    return 0;
  }
  for (const base of await basesOf(db, text, fileName, londonDay(Date.now())))
    console.log(foundText(lintText(text, fileName, only(base), Pack)));
  const { id, version, fresh, misfits } = await db.$transaction((tx) => keepPack(tx, text, fileName), inItsTime);
  if (fresh) await askProof(db, { packId: id, version });
  console.log(fresh ? `Kept as version ${version} of ${id}.` : `Nothing changed: this is version ${version} of ${id}.`);
  if (fresh)
    console.log('New cases begin under it from the day it is in force; running cases stay on theirs until they are moved.');
  for (const misfit of misfits) console.error(`${misfit.id} does not fit this text and stays as it was:\n${misfit.why}`);
  return misfits.length > 0 ? 1 : 0;
}

async function list(db: Db): Promise<number> {
  for (const { pack, versions } of await keptPacks(db, londonDay(Date.now()))) {
    const { from, to } = pack['in force'];
    const until = to === undefined ? '' : ` until ${longDay(to)}`;
    const over = pack.extends === undefined ? '' : `, within ${pack.extends}`;
    console.log(
      `${pack.pack}${over}\n  ${pack.title}; in force from ${longDay(from)}${until}; ${counted(versions, 'version')} kept`,
    );
  }
  return 0;
}

async function show(db: Db, schoolId: string, explain: boolean): Promise<number> {
  const school = await schoolNamed(db, schoolId);
  const today = todayAt(school, Date.now());
  const { pack, version } = await packShown(db, school.packId, today);
  const { text, baseOf } = await layersOf(db, school.packId, version);
  const policy = layered(text, pack.pack, baseOf);
  console.log(`# ${school.name} on ${longDay(today)}: version ${version} of ${pack.pack}\n`);
  const { examples: _, states: __, ...said } = policy.value as Record<string, unknown>;
  console.log(explained(said, explain ? policy.layerOf : unsaid));
  const { layers, unread } = await profileOf(db, school.authorityId, today);
  console.log(`# What ${school.authorityId}, the local authority, decides\n`);
  const { value, layerOf } = profileJoined(layers);
  console.log(explained(value, explain ? ([part]) => ({ ...unsaid(), fileName: layerOf(part) }) : unsaid));
  for (const { line, column, why } of unread)
    console.log(`# Not followed, line ${line}, column ${column} of its profile: ${why}. Add one that says it otherwise`);
  const { title, rules } = ruleSetOn(today);
  console.log(`# What the law says, whatever a policy does: ${title}\n`);
  for (const { about, says, source, status } of lawInWords(rules))
    console.log(`# ${about}: ${says}${explain ? ` (by the law: ${source}, ${statusInWords[status]})` : ''}`);
  return 0;
}

const unsaid = () => ({ fileName: '', setting: null });
