import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type Db } from '../../prisma/client.ts';
import { statementNames } from '../../prisma/statement-names.ts';
import { aDatabase } from '../support/servers.ts';

const asked = (sql: string, parameters = 1) => ({ sql, args: Array.from({ length: parameters }, () => 1), argTypes: [] });
const byKey = (table: string) => `SELECT "public"."${table}"."id" FROM "public"."${table}" WHERE "public"."${table}"."id" = $1`;

describe('the names of statements', () => {
  it('are the same for the same text and no other', () => {
    const nameOf = statementNames();
    const [pupil, school] = [byKey('pupil'), byKey('school')].map((sql) => nameOf(asked(sql)));
    expect(pupil).toMatch(/^s\d+$/);
    expect(school).not.toBe(pupil);
    expect(nameOf(asked(byKey('pupil')))).toBe(pupil);
  });

  it.each([
    ['ours, whose plan depends on how much is there', asked('SELECT count(*) FROM staged_mark WHERE import_id = $1')],
    ['a list, whose length changes', asked(byKey('pupil'), 41)],
  ])('are not given to %s', (_, one) => expect(statementNames()(one)).toBe(''));

  it('come to an end, and those that were given stay', () => {
    const nameOf = statementNames(2);
    const [one, two, three] = ['a', 'b', 'c'].map((table) => nameOf(asked(byKey(table))));
    expect([one, two, three]).toEqual(['s1', 's2', '']);
    expect(nameOf(asked(byKey('b')))).toBe('s2');
  });
});

describe('a connection to the database', () => {
  let db: Db;
  beforeAll(async () => {
    db = connect(await aDatabase());
  });
  afterAll(() => db.$disconnect());

  it('has read a statement once that came twice', async () => {
    const plans = await db.$transaction(async (tx) => {
      for (const id of ['one', 'two']) await tx.school.findUnique({ where: { id } });
      return tx.$queryRaw<{ statement: string; runs: bigint }[]>`
        SELECT statement, generic_plans + custom_plans AS runs FROM pg_prepared_statements`;
    });
    expect(plans.filter(({ statement }) => statement.includes('"public"."school"'))).toMatchObject([{ runs: 2n }]);
  });
});
