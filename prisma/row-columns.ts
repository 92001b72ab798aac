import { Prisma } from './generated/client.ts';

/** "dueOn" is the column "due_on". */
export const inTable = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * All columns of a table under Prisma's names of them (its `ScalarFieldEnum`), for `ask`; `as` goes before each name. They are named
 * one by one: a statement that is prepared with * fails when a column is added. Of `lists`, what was never set is an empty one, as
 * Prisma's client has it.
 */
export const columnsOf = <Field extends string>(
  fields: Readonly<Record<Field, string>>,
  alias: string,
  { as = '', lists = [] }: { as?: string; lists?: readonly Field[] } = {},
) =>
  Prisma.raw(
    (Object.keys(fields) as Field[])
      .map((name) => ({ name, column: `${alias}."${inTable(name)}"` }))
      .map(({ name, column }) => `${lists.includes(name) ? `coalesce(${column}, '{}')` : column} AS "${as}${name}"`)
      .join(', '),
  );

/** What of a joined row belongs to one of its tables, whose columns were named with `as`. */
export const partOf = <Row extends object>(row: object, as: string): Row =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (name.startsWith(as) ? [[name.slice(as.length), value]] : [])),
  ) as Row;
