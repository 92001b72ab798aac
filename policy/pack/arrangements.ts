import { counted } from '../counted.ts';
import type { TemplateId } from '../letters/templates.ts';
import { citedAfter, citing } from './citing.ts';
import type { Cohort } from './clauses.ts';
import type { Pack } from './pack.ts';
import type { packWords } from './pack-words.ts';
import { calledIn, dueSaid, flagsInWords } from './plain-english.ts';
import { type Reader, told } from './to-families.ts';

type Part = keyof (typeof packWords)['shape'];

/** What a policy arranges beside its steps: a heading, the parts of the file that it speaks of, and its sentences. */
export type Arrangement = { title: string; parts: readonly Part[]; says: (pack: Pack, reader: Reader) => string[] };

/** Everything that a policy arranges, in the order in which it is read. What only staff have a use for is not told to families. */
export const arrangements: readonly Arrangement[] = [
  { title: 'How attendance is counted', parts: ['figures'], says: countingSaid },
  { title: 'When the registers open and close', parts: ['register'], says: registerSaid },
  { title: 'An absence that nobody has explained', parts: ['unexplained absences'], says: unexplainedSaid },
  { title: 'For some children', parts: ['cohorts', 'softens'], says: cohortsSaid },
  { title: 'Letters', parts: ['letters', 'documents'], says: lettersSaid },
  { title: 'Brothers and sisters', parts: ['siblings'], says: siblingsSaid },
  { title: 'Holidays', parts: ['waits'], says: holidaysSaid },
  { title: 'When nobody answers', parts: ['waiting'], says: waitingSaid },
  { title: 'What a school of the trust says itself', parts: ['extends', 'settings', 'schools may write'], says: layersSaid },
];

/** The same of one policy for one reader; headings of which it says nothing are left out. */
export const arrangedIn = (pack: Pack, reader: Reader): { title: string; says: string[] }[] =>
  arrangements.flatMap(({ title, says }) => {
    const sentences = says(pack, reader);
    return sentences.length === 0 ? [] : [{ title, says: sentences }];
  });

const days = (n: number): string => counted(n, 'school day');

function countingSaid({ figures }: Pack, reader: Reader): string[] {
  const says = [
    `A percentage is looked at from ${counted(figures['at least'], 'possible session')} on: before that it says little`,
    figures.attendance === 'adjusted'
      ? 'Sessions of an agreed time of settling in, or of a part-time timetable, are left out. What is reported counts them'
      : 'Attendance is counted as it is marked',
  ];
  return citedAfter(says, figures.source, reader);
}

function registerSaid({ register }: Pack, reader: Reader): string[] {
  if (!register) return [];
  const { am, pm, source } = register;
  return citedAfter([...sessionSaid('In the morning', am), ...(pm ? sessionSaid('In the afternoon', pm) : [])], source, reader);
}

function sessionSaid(session: string, { opens, 'late after': late, closes }: NonNullable<Pack['register']>['am']): string[] {
  const parts = [
    ...(opens ? [`the register opens at ${opens}`] : []),
    ...(late ? [`who comes after ${late} is late (L)`] : []),
    ...(closes ? [`it closes at ${closes}, and who comes later is absent (U)`] : []),
  ];
  return [`${session} ${parts.length === 0 ? 'the school’s own times hold' : parts.join('; ')}`];
}

function unexplainedSaid(pack: Pack, reader: Reader): string[] {
  const rule = pack['unexplained absences'];
  if (!rule) return [];
  const { contact, 'become O': becomes, source } = rule;
  const who = reader === 'staff' ? `the ${contact?.by}` : 'the school';
  const by = becomes === 'by itself' ? 'by itself' : reader === 'staff' ? 'once somebody of the school has said so' : '';
  const first = [
    ...(contact ? [`On each day of it ${who} speaks to the family, ${dueSaid(contact.due)}`] : []),
    ...(contact && contact['and then'].length > 0
      ? [`While nobody answers, in this order: ${told(contact['and then'].join('; '), { reader, pack })}`]
      : []),
  ];
  return [
    ...first.map((says) => citing(says, contact?.source, reader)),
    citing(`What has had no reason for five school days becomes absence without leave (O)${by && `, ${by}`}`, source, reader),
  ];
}

function cohortsSaid(pack: Pack, reader: Reader): string[] {
  const { softens, cohorts } = pack;
  const otherwise: (Omit<Cohort, 'source'> & { source?: string | undefined })[] = [...(softens ? [softens] : []), ...cohorts];
  return otherwise.flatMap(({ for: flags, 'no letters': none, 'review by': looks, source }) => {
    const does = [
      ...(none === undefined ? [] : [none === true ? 'no letter goes' : `there is no ${listed(none, pack, reader)}`]),
      ...(looks === undefined ? [] : [`${reader === 'staff' ? `the ${looks}` : 'somebody'} looks before any letter goes`]),
    ];
    return does.length === 0 ? [] : [citing(`If the pupil ${flagsInWords(flags)}: ${does.join('; ')}`, source, reader)];
  });
}

const listed = (templates: readonly TemplateId[], pack: Pack, reader: Reader): string =>
  templates.map((one) => `“${calledIn(one, { reader, pack })}”`).join(', no ');

function lettersSaid(pack: Pack, reader: Reader): string[] {
  const { 'recall window': window, 'no two within': apart, source } = pack.letters;
  const documents = Object.entries(pack.documents ?? {});
  const all = [
    'No letter goes before somebody has approved it',
    ...(reader === 'staff'
      ? [`An approved letter can be called back for ${counted(window, 'minute')}, where the school has set no other time`]
      : []),
    ...(apart === 0 ? [] : [`No two letters go within ${days(apart)} of each other`]),
  ];
  return [
    ...all.map((says, i) => (i === 0 ? says : citing(says, source, reader))),
    ...documents.map(([, { called, by, source: of }]) =>
      citing(`“${told(called, { reader, pack })}” goes to each parent who may be written to, ${wayOf(by)}`, of, reader),
    ),
  ];
}

const ways = { email: 'by e-mail', post: 'by post' } as const;

const wayOf = (by: readonly (keyof typeof ways)[]): string => by.map((one) => ways[one]).join(', or else ');

function siblingsSaid({ siblings }: Pack, reader: Reader): string[] {
  if (!siblings) return [];
  const met =
    siblings.meetings === 'together'
      ? 'Children of one family who have cases at the same time are spoken of in one meeting'
      : 'Children of one family who have cases at the same time have a meeting each';
  return [citing(met, siblings.source, reader), 'Letters are always each child’s own, and each parent’s'];
}

function holidaysSaid({ waits }: Pack, reader: Reader): string[] {
  if (!waits) return [];
  return [
    'School days and school weeks are not counted over a holiday',
    citing(
      `Other weeks and days ${waits['over holidays'] === 'go on' ? 'go on over one' : 'are not counted over one either'}`,
      waits.source,
      reader,
    ),
  ];
}

function waitingSaid({ waiting }: Pack, reader: Reader): string[] {
  if (reader === 'parents') return [];
  const { source } = waiting;
  const failed = waiting['ask again after a failed letter'];
  const says = [
    `Who has not decided is reminded after ${days(waiting['remind after'])}; after ${days(waiting['escalate after'])} whoever stands in is asked as well`,
    `A step that was declined is asked about again after ${days(waiting['ask again after'])}, if its reason still stands`,
    ...(failed === undefined
      ? []
      : [
          `A letter that was called back, or reached nobody, is asked about again ${failed === 0 ? 'at once' : `after ${days(failed)}`}`,
        ]),
  ];
  return citedAfter(says, source, reader);
}

function layersSaid({ extends: trust, settings, 'schools may write': open }: Pack, reader: Reader): string[] {
  if (reader === 'parents') return [];
  return [
    ...(trust === undefined ? [] : [`What it does not say is said by the policy “${trust}”`]),
    ...Object.entries(settings).map(([name, { is, 'schools may set': may, source }]) =>
      citing(
        may ? `“${name}” is ${is}; a school may set it from ${may.from} to ${may.to}` : `“${name}” is ${is}, for every school`,
        source,
        reader,
      ),
    ),
    ...(open.length === 0 ? [] : [`Its own words may stand for: ${open.join(', ')}`]),
  ];
}
