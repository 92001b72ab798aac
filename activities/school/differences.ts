type Value = string | number | boolean | null | readonly string[];

/** What differs between two rows, in words, by the names that people have for it: `phone: 01 is now 02`. */
export const differences = (
  was: Record<string, unknown>,
  is: Record<string, Value>,
  names: Record<string, string> = {},
): string[] =>
  Object.entries(is).flatMap(([key, value]) =>
    JSON.stringify(was[key]) === JSON.stringify(value)
      ? []
      : [`${names[key] ?? key}: ${shown(was[key] as Value)} is now ${shown(value)}`],
  );

const shown = (value: Value): string =>
  value === null
    ? 'none'
    : typeof value === 'object'
      ? value.join(', ')
      : typeof value === 'boolean'
        ? value
          ? 'yes'
          : 'no'
        : `${value}`;
