import type { Day } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { type Line, lineNames, lines } from '../../policy/figures/crossings.ts';
import { yearName } from '../../policy/people/year-group.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import type { View } from '../web/route.ts';
import { printed, type Sheet } from '../web/sheet.ts';
import type { AskedFor } from './asked.ts';
import { pupilsBehind } from './facts.ts';
import type { Asking } from './standings.ts';
import { address, countedUpTo, pageOf, whichPupils } from './words.ts';

type Rows = Awaited<ReturnType<typeof pupilsBehind>>['rows'];

/** The pupils behind a number of the figures. */
export async function pupilsView(ctx: Asking, asked: AskedFor): Promise<View> {
  const found = await pupilsApart(ctx, asked);
  const { year, class: className, on, within } = asked;
  const name = className !== undefined ? `class ${className}` : year !== undefined ? yearName(year) : 'the school';
  return {
    template: 'figures/pupils.njk',
    model: {
      back: {
        href: address(pageOf({ yearGroup: year, className }), { on, ...(within === 4 ? {} : { within }) }),
        text: `Figures of ${name}`,
      },
      ...{
        which: whichPupils(asked),
        name,
        asKnown: countedUpTo(found),
        some: found.rows.length > 0,
        count: counted(found.rows.length, 'pupil'),
      },
      says: asked.line ? lines[asked.line].says : null,
      rows: printed(
        pupilSheet(found.rows, found.on, { line: asked.line, className }),
        address('/figures/pupils', { ...asked, as: 'csv' }),
      ),
    },
  };
}

/** The same as pupilsBehind, each pupil called so that nobody takes one for another. */
export async function pupilsApart(ctx: Asking, asked: AskedFor): ReturnType<typeof pupilsBehind> {
  const found = await pupilsBehind(ctx, asked);
  const called = await toldApart(
    ctx.deps.db,
    found.rows.map(({ pupil }) => pupil.id),
  );
  return { ...found, rows: found.rows.map((row) => ({ ...row, pupil: { ...row.pupil, name: called(row.pupil) } })) };
}

/** Pupils with their figures; how many sessions are left until the line that was asked for, or until each. */
export function pupilSheet(
  rows: Rows,
  on: Day,
  { line, className }: { line?: Line | undefined; className?: string | undefined },
): Sheet {
  const shown = line ? [line] : lineNames;
  return {
    ...{
      name: `pupils-${on}`,
      caption: 'Pupils with their attendance, and how many sessions missed in a row are left until a line',
    },
    heads: [
      ...[
        'Pupil',
        ...(className === undefined ? ['Class'] : []),
        'Attended',
        'Possible',
        'Attendance',
        'Authorised',
        'Unauthorised',
      ],
      ...shown.map((one) => `Left before: ${lines[one].short}`),
    ],
    rows: rows.map(({ pupil, attendance, authorised, unauthorised, left }) => [
      { text: pupil.name, href: `/register/${pupil.id}` },
      ...(className === undefined ? [pupil.className] : []),
      ...[attendance.attended, attendance.possible, attendance.percent, authorised, unauthorised],
      ...shown.map((one) => left[one] ?? null),
    ]),
  };
}
