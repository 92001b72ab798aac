import { describe, expect, it } from '@jest/globals';
import { checkRow } from '../../../activities/register/check-row.ts';
import { codeTable } from '../../../policy/register/codes.ts';
import { csvForms, type ImportKind } from '../../../policy/register/csv-forms.ts';
import { contactCells, markCells, pupilCells } from '../../activities/register/a-register.ts';

const right: Record<ImportKind, Record<string, string>> = {
  pupils: pupilCells('A1', 1),
  contacts: contactCells('C1', 'A1'),
  marks: markCells(['A1', '2026-09-14', 'AM', '/']),
};

/** The column and cure of the first thing wrong when one cell is changed. */
function wrong(kind: ImportKind, over: Record<string, string>): string {
  const parsed = csvForms[kind].safeParse({ ...right[kind], ...over });
  const [issue] = parsed.success ? [] : parsed.error.issues;
  return issue ? `${String(issue.path[0])}: ${issue.message}` : 'right';
}

describe('the import forms', () => {
  it('show what is wrong with a long cell by its beginning, and cut no character in two', () => {
    const code = `${'x'.repeat(99)}😀`;
    const { wrongs } = checkRow(csvForms.marks, { row: 1, cells: { ...right.marks, code } });
    expect(wrongs).toMatchObject([{ column: 'code', value: 'x'.repeat(99) }]);
  });

  it.each<[string, ImportKind, Record<string, string>, RegExp]>([
    ['no admission number', 'marks', { admission_no: '' }, /^admission_no: Fill in/],
    ['a British date', 'marks', { date: '14/9/2026' }, /^date: Write the date as 2026-09-14$/],
    ['no date at all', 'marks', { date: '2026-02-30' }, /^date: Write a real date/],
    ['a session that is none', 'marks', { session: 'noon' }, /^session: Write AM or PM/],
    ['a code that is none', 'marks', { code: 'Ü' }, /^code: "Ü".* is not an attendance code/],
    ['a code in small letters', 'marks', { code: 'i' }, /^code: .*Write it as "I"/],
    ['an abolished code', 'marks', { code: 'H' }, /^code: .*ended on 18 August 2024/],
    ['a new code too early', 'marks', { code: 'Q', date: '2024-08-18' }, /^code: .*began on 19 August 2024/],
    ['an abolished code in its time', 'marks', { code: 'H', date: '2024-05-13' }, /^right$/],
    ['a missing mark', 'marks', { code: '' }, /^right$/],
    ['minutes beside a late mark', 'marks', { code: 'U', minutes_late: '45' }, /^right$/],
    ['no minutes beside another, as systems print it', 'marks', { minutes_late: '0' }, /^right$/],
    ['minutes beside a mark that is not late', 'marks', { minutes_late: '5' }, /^minutes_late: Only L and U have minutes/],
    ['minutes in words', 'marks', { code: 'L', minutes_late: 'ten' }, /^minutes_late: Write whole minutes/],
    ['more minutes than a session', 'marks', { code: 'L', minutes_late: '900' }, /^minutes_late: Write at most 480/],
    ['a UPN too short', 'pupils', { upn: 'A123' }, /^upn: A UPN is a capital letter/],
    ['a mistyped UPN', 'pupils', { upn: 'H801200001002' }, /^upn: The check letter does not fit: these digits ask for/],
    ['a right UPN', 'pupils', { upn: 'H801200001001' }, /^right$/],
    ['a name that is a formula', 'pupils', { legal_name: '=A1' }, /^legal_name: This is a spreadsheet formula/],
    ['a name with a line break', 'pupils', { legal_name: 'Zoë\nHill' }, /^legal_name: Take out the line break/],
    ['a year that is none', 'pupils', { year_group: '21' }, /^year_group: Write the year group/],
    ['reception', 'pupils', { year_group: 'R' }, /^right$/],
    ['a flag that is none', 'pupils', { flags: 'ehcp; tall' }, /^flags: Use only these flags/],
    ['a day of leaving before joining', 'pupils', { on_roll_to: '2026-09-01' }, /^on_roll_to: It is before on_roll_from/],
    ['born after joining', 'pupils', { date_of_birth: '2027-01-01' }, /^date_of_birth: /],
    ['another school without what this one is', 'pupils', { other_school: 'Mill PRU' }, /^dual_registration: Write main/],
    ['a main school of a pupil', 'pupils', { dual_registration: 'Main' }, /^dual_registration: Write main or subsidiary/],
    ['a part-time timetable without an end', 'pupils', { part_time_from: '2026-09-14' }, /^part_time_until: .*for a time only/],
    ['a review of no agreement', 'pupils', { part_time_review: '2026-09-14' }, /^part_time_from: /],
    [
      'settling in that ends before it begins',
      'pupils',
      { integration_from: '2026-09-14', integration_until: '2026-09-02' },
      /^integration_until: It is before integration_from/,
    ],
    ['an address that is perhaps safe', 'contacts', { address_safe: 'maybe' }, /^address_safe: Write yes or no/],
    ['a channel that is none', 'contacts', { channel: 'sms' }, /^channel: Write email or post/],
    ['a reviewer of no restriction', 'contacts', { restriction_reviewer: 'DSL' }, /^restriction: Say what/],
    ['no number of a contact', 'contacts', { contact_no: '' }, /^right$/],
    ['neither yes nor no', 'contacts', { lives_with: 'Y' }, /^lives_with: Write yes or no/],
    ['a permission that is none', 'contacts', { permission: 'some' }, /^permission: Write full/],
    ['half an address', 'contacts', { email: 'mother@' }, /^email: Write one e-mail address/],
    ['no e-mail', 'contacts', { email: '' }, /^right$/],
    ['a language in words', 'contacts', { language: 'Polish' }, /^language: Write the language as its short code/],
    [
      'a restriction that ends before it begins',
      'contacts',
      { restriction: 'No contact', restriction_from: '2026-09-02', restriction_until: '2026-09-01' },
      /^restriction_until: /,
    ],
    ['a document of no restriction', 'contacts', { restriction_document: 'Order 12' }, /^restriction: Say what/],
  ])('%s', (_name, kind, over, expected) => {
    expect(wrong(kind, over)).toMatch(expected);
  });

  it('reads every code of the table as itself, on a day of its own', () => {
    for (const { code, from, until } of codeTable) {
      const read = csvForms.marks.parse({ ...right.marks, code, date: until ?? from ?? '2026-09-14' });
      expect(read.code).toBe(code);
    }
  });

  it('reads lists, yes and no, empty cells and years as what they mean', () => {
    expect(csvForms.pupils.parse({ ...right.pupils, flags: 'ehcp; young-carer', year_group: 'R' })).toMatchObject({
      flags: ['ehcp', 'young-carer'],
      year_group: 0,
      on_roll_to: null,
    });
    expect(csvForms.contacts.parse(right.contacts)).toMatchObject({
      address: ['1 Kiln Row', 'Oakbridge'],
      parental_responsibility: true,
      language: 'en',
      restriction: null,
      title: null,
    });
  });
});
