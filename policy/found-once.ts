/** What is found of a day, a text or a number is found once, and kept while there are few of them. What is found of an object: `remembered`. */
export function foundOnce<Key, Found>(find: (key: Key) => Found): (key: Key) => Found {
  const known = new Map<Key, Found>();
  return (key) => {
    const had = known.get(key);
    if (had !== undefined) return had;
    const found = find(key);
    if (known.size < 50_000) known.set(key, found);
    return found;
  };
}
