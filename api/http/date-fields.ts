import type { Fields } from './answer.ts';

const parts = ['day', 'month', 'year'] as const;

/**
 * A date typed in three boxes (`until-day`, `until-month`, `until-year`) as the one field a schema checks: `until`, as
 * `2026-03-09`. Three empty boxes are an empty field; what is no date stays as typed and fails the schema.
 */
export function foldDates(body: Fields): Fields {
  const names = Object.keys(body).flatMap((key) => (key.endsWith('-day') ? [key.slice(0, -4)] : []));
  const dates = names.map((name) => [name, typed(parts.map((part) => String(body[`${name}-${part}`] ?? '').trim()))]);
  return { ...body, ...Object.fromEntries(dates) };
}

function typed([day = '', month = '', year = '']: readonly string[]): string {
  if (`${day}${month}${year}` === '') return '';
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
