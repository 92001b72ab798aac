export type Option = { value: string; text: string };

/** One field of a form: what `layout/fields.njk` prints, under the name that the form's schema reads. */
export type Field = {
  kind: 'date' | 'time' | 'short' | 'line' | 'text' | 'checks' | 'radios' | 'select';
  name: string;
  label: string;
  hint?: string;
  options?: Option[];
};

/** Several fields that belong together, under one heading. */
export type FieldGroup = { kind: 'group'; label: string; fields: Field[] };

/** One of several things to do, with the fields that it needs. */
export type Choice = Option & { fields: (Field | FieldGroup)[] };

export const options = (words: Record<string, string>): Option[] =>
  Object.entries(words).map(([value, text]) => ({ value, text }));
export const choice = (value: string, text: string, ...fields: Choice['fields']): Choice => ({ value, text, fields });

const plain =
  (kind: Field['kind']) =>
  (name: string, label: string, hint = ''): Field => ({ kind, name, label, hint });
const among =
  (kind: Field['kind']) =>
  (name: string, label: string, from: Option[]): Field => ({ kind, name, label, options: from });

export const date = plain('date');
export const time = plain('time');
/** A number, or a word of a few letters. */
export const short = plain('short');
/** One line of words. */
export const line = plain('line');
/** Some sentences. */
export const text = plain('text');
export const checks = among('checks');
export const radios = among('radios');
export const select = among('select');
