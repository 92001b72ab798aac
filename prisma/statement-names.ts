import type { SqlQuery } from '@prisma/driver-adapter-utils';

/** More parameters than this are a list or many rows: the next will be of another length. */
const fewParameters = 40;

/**
 * Names statements by their text, so that PostgreSQL reads and plans each once a connection and not each time, which is half of its
 * work with them. Those are named that Prisma words, which look rows up by their keys. The best plan for one of ours may depend on how
 * much an import has brought; those that come often are named where they are asked (`ask`). What is named stays in the connection's
 * memory: so only the first `most` are. A pooler between has to keep sessions, or to know of names.
 */
export function statementNames(most = 300): (query: SqlQuery) => string {
  const names = new Map<string, string>();
  return ({ sql, args }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    const comesAgain = args.length <= fewParameters && sql.includes('"public".');
    if (!comesAgain || names.size >= most) return unnamed;
    const name = `s${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}

const unnamed = '';
