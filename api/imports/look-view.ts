import { shortDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { columnsOf, type ImportKind } from '../../policy/register/csv-forms.ts';
import { ImportEffects } from '../../policy/register/import-effects.ts';
import { casesNamed } from '../../prisma/cases.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { fingerprint } from '../../prisma/imports.ts';
import { namesOf } from '../../prisma/pupils.ts';
import { referralsNamed } from '../../prisma/referrals.ts';
import { stagedMarks, stagedPeople } from '../../prisma/staged-rows.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import { lateCase } from '../cases/timeline.ts';
import type { Ctx } from '../web/route.ts';
import type { importAt } from './facts.ts';

const firstFew = 5;

/** What the page says of an import that waits for a yes: its first rows as they were understood, and what it would set off. */
export async function lookView({ deps: { db } }: Pick<Ctx, 'deps'>, found: Awaited<ReturnType<typeof importAt>>) {
  const effects = ImportEffects.parse(found.effects);
  const rows = await (found.kind === 'marks' ? stagedMarks : stagedPeople)(db, found.id, { first: firstFew });
  const columns = columnsOf(found.kind as ImportKind).all.filter((column) => rows.some(({ cells }) => cells[column]));
  const names = await namesOf(
    db,
    effects.opened.map(({ pupilId }) => pupilId),
  );
  const told = await casesNamed(db, effects.told);
  const closed = await casesNamed(
    db,
    effects.closed.map(({ caseId }) => caseId),
  );
  const referrals = await referralsNamed(
    db,
    effects.referrals.map(({ referralId }) => referralId),
  );
  const ids = [
    ...effects.opened.map(({ pupilId }) => pupilId),
    ...[...told, ...closed, ...referrals].map(({ pupil }) => pupil.id),
  ];
  const called = await toldApart(db, ids, { classShown: false });
  const opens = effects.opened.filter(({ again }) => again === undefined);
  const resumes = effects.opened.filter(({ again }) => again === true);
  const begun = ({ pupilId, says, since }: ImportEffects['opened'][number]) => ({
    ...{ href: `/register/${pupilId}`, name: called({ id: pupilId, name: names.get(pupilId) ?? '' }), says },
    late: since && lateCase(since),
  });
  return {
    seen: fingerprint(effects),
    ...{ columns, rows: rows.map(({ row, cells }) => ({ row, cells: columns.map((column) => cells[column] ?? '') })) },
    opens: opens.map(begun),
    opensTitle: `${counted(opens.length, 'case')} would open`,
    resumes: resumes.map(begun),
    resumesTitle: `${counted(resumes.length, 'closed case')} would be taken up again`,
    tells: told.map(({ id, headline, pupil, openedOn }) => ({
      ...{
        href: `/cases/${id}`,
        name: called({ id: pupil.id, name: pupil.chosenName }),
        says: headline,
        opened: shortDay(dayOf(openedOn)),
      },
      letters: effects.letters.filter(({ caseId }) => caseId === id).map(letterLine),
    })),
    tellsTitle: `${counted(told.length, 'open case')} would be brought up to date`,
    corrects: closed.map(({ id, pupil }) => ({
      ...{ href: `/cases/${id}`, name: called({ id: pupil.id, name: pupil.chosenName }) },
      says: effects.closed.find(({ caseId }) => caseId === id)?.says ?? [],
    })),
    correctsTitle: `${counted(closed.length, 'closed case')} would ask for a correction`,
    ungrounds: referrals.map(({ id, pupil }) => ({
      ...{ href: `/register/${pupil.id}`, name: called({ id: pupil.id, name: pupil.chosenName }) },
      says: effects.referrals.find(({ referralId }) => referralId === id)?.says ?? [],
    })),
    ungroundsTitle: `${counted(referrals.length, 'referral')} would have no ground for a notice any more`,
    letters: lettersWarning(effects.letters),
  };
}

type Letter = ImportEffects['letters'][number];

const letterLine = ({ id, held }: Letter) => ({
  href: `/letters/${id}`,
  text: held === null ? 'A letter waits to go' : 'A letter would be held',
  why: held,
});

/** How many letters wait, and what would become of them; null if none do. */
function lettersWarning(letters: readonly Letter[]): string | null {
  if (letters.length === 0) return null;
  const held = letters.filter((one) => one.held !== null).length;
  const wait = `${counted(letters.length, 'letter')} of these cases ${letters.length === 1 ? 'waits' : 'wait'} to go.`;
  if (held === 0) return `${wait} ${letters.length === 1 ? 'It' : 'Each'} would still have its ground and the right figures.`;
  return `${wait} ${held === letters.length ? (held === 1 ? 'It' : 'All') : held} would be held, as the register says otherwise, until a person says whether ${held === 1 ? 'it goes' : 'they go'}.`;
}
