/** What is found of a thing that never changes is found once, and forgotten with the thing. */
export function remembered<Thing extends object, Found>(find: (thing: Thing) => Found): (thing: Thing) => Found {
  const known = new WeakMap<Thing, { found: Found }>();
  return (thing) => {
    const had = known.get(thing);
    if (had) return had.found;
    const found = find(thing);
    known.set(thing, { found });
    return found;
  };
}
