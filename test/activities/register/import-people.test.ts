import { afterEach, describe, expect, it } from '@jest/globals';
import { aRegister, contactCells, csvOf, pupilCells, upnOf } from './a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
afterEach(() => school.end());

type Cells = Record<string, string>;
const pupils = (...rows: Cells[]) => school.file('pupils', csvOf('pupils', rows));
const contacts = (...rows: Cells[]) => school.file('contacts', csvOf('contacts', rows));
const told = ({ problems }: Awaited<ReturnType<typeof pupils>>) =>
  problems.map((p) => `${p.row} ${p.column} ${p.value}: ${p.cure}`);

describe('importing pupils', () => {
  it('adds, changes and leaves alone by admission number', async () => {
    school = await aRegister({ pupils: ['A1', 'A2'] });
    const result = await pupils(
      pupilCells('A1', 0),
      pupilCells('A2', 1, { class: '9B', flags: 'ehcp; looked-after' }),
      pupilCells('A3', 2),
    );
    expect(result).toMatchObject({ status: 'done', rows: 3, added: 1, changed: 1, unchanged: 1 });
    const a2 = await school.db.pupil.findFirstOrThrow({ where: { admissionNo: 'A2' } });
    expect(a2).toMatchObject({ className: '9B', flags: ['ehcp', 'looked-after'], chosenName: 'Pupil A2', yearGroup: 9 });
    const again = await pupils(
      pupilCells('A1', 0),
      pupilCells('A2', 1, { class: '9B', flags: 'ehcp; looked-after' }),
      pupilCells('A3', 2),
    );
    expect(again.says).toMatch(/^Nothing changed/);
  });

  it('keeps names as they are written, in one Unicode form', async () => {
    school = await aRegister({ pupils: [] });
    const names = ['Zoe\u0308 Hill', 'Siobhán O’Brien', 'Łukasz Nowak', 'Nguyễn Văn An', 'Sukarno', 'Ann "Nan" Lee, junior'];
    await pupils(...names.map((legal_name, i) => pupilCells(`N${i}`, i, { legal_name })));
    const kept = await school.db.pupil.findMany({ orderBy: { admissionNo: 'asc' } });
    expect(kept.map(({ legalName }) => legalName)).toEqual(names.map((name) => name.normalize('NFC')));
  });

  it('refuses a number twice, and a UPN of two pupils', async () => {
    school = await aRegister({ pupils: ['A1'] });
    const result = await pupils(
      pupilCells('A5', 5),
      pupilCells('A5', 5, { class: '7A' }),
      pupilCells('A6', 5),
      pupilCells('A7', 0),
    );
    expect(told(result)).toEqual([
      expect.stringMatching(/^3 admission_no A5: Row 2 says other things of the same pupil/),
      expect.stringMatching(/^4 upn .*: Row 2 gives this UPN to another pupil/),
      expect.stringMatching(new RegExp(`^5 upn ${upnOf(0)}: The pupil with admission number A1 has this UPN`)),
    ]);
    expect(await school.db.pupil.count()).toBe(1);
  });

  it('counts again when the day of joining moves', async () => {
    school = await aRegister({ pupils: ['A1'] });
    await school.marks([
      ['A1', '2026-09-03', 'AM', 'I'],
      ['A1', '2026-09-08', 'AM', '/'],
    ]);
    expect(await school.db.pupilTotal.findFirst()).toMatchObject({ possible: 2, attended: 1 });
    await pupils(pupilCells('A1', 0, { on_roll_from: '2026-09-07' }));
    expect(await school.db.pupilTotal.findFirst()).toMatchObject({ possible: 1, attended: 1 });
  });
});

describe('importing contacts', () => {
  it('makes one person of a contact with two children', async () => {
    school = await aRegister();
    const result = await contacts(contactCells('C1', 'A1'), contactCells('C1', 'A2', { priority: '2', lives_with: 'no' }));
    expect(result).toMatchObject({ status: 'done', added: 2 });
    expect(await school.db.contact.findMany({ include: { pupils: true } })).toMatchObject([
      { contactNo: 'C1', address: ['1 Kiln Row', 'Oakbridge'], pupils: { length: 2 } },
    ]);
    expect(await contacts(contactCells('C1', 'A1'))).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
    expect(await contacts(contactCells('C1', 'A1', { phone: '01452 1' }))).toMatchObject({ added: 0, changed: 1 });
  });

  it('refuses a child nobody knows, one number for two people, and two rows of one person and child', async () => {
    school = await aRegister();
    const result = await contacts(
      contactCells('C1', 'A1'),
      contactCells('C2', 'X9'),
      contactCells('C1', 'A2', { full_name: 'Someone Else' }),
      contactCells('C1', 'A1', { permission: 'none' }),
    );
    expect(told(result)).toEqual([
      expect.stringMatching(/^3 admission_no X9: No pupil has this/),
      expect.stringMatching(/^4 contact_no C1: Row 2 gives another name or address/),
      expect.stringMatching(/^5 contact_no C1: Row 2 is about the same person and child/),
    ]);
    expect(await school.db.contact.count()).toBe(0);
  });

  it('never drops a restriction for an empty cell; a date ends it', async () => {
    school = await aRegister();
    const order = {
      restriction: 'No-contact order',
      restriction_from: '2026-09-02',
      restriction_document: 'Order 12',
      restriction_read_by: 'DSL',
    };
    await contacts(contactCells('C1', 'A1', order));
    expect(told(await contacts(contactCells('C1', 'A1')))).toEqual([
      expect.stringMatching(/^2 restriction : “No-contact order” is on record without an end/),
    ]);
    expect((await contacts(contactCells('C1', 'A1', { ...order, restriction_until: '2026-10-15' }))).status).toBe('done');
    expect((await contacts(contactCells('C1', 'A1'))).status).toBe('done');
    expect(await school.db.pupilContact.findFirst()).toMatchObject({ restriction: null });
  });
});
