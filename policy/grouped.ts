/** Rows by what they have in common, in their order. (Map.groupBy, which Node 20 has not got.) */
export function grouped<Row, Key>(rows: readonly Row[], by: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = by(row);
    const these = groups.get(key);
    if (these) these.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
