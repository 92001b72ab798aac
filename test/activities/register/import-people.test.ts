import { afterEach, describe, expect, it } from '@jest/globals';
import { columnsOf } from '../../../policy/register/csv-forms.ts';
import { upnCheckLetter } from '../../../policy/register/upn.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { aRegister, contactCells, csvOf, pupilCells, upnOf } from './a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
afterEach(() => school.end());

type Cells = Record<string, string>;
const pupils = (...rows: Cells[]) => school.file('pupils', csvOf('pupils', rows));
const contacts = (...rows: Cells[]) => school.file('contacts', csvOf('contacts', rows));
const told = ({ problems }: Awaited<ReturnType<typeof pupils>>) =>
  problems.map((p) => `${p.row} ${p.column} ${p.value}: ${p.cure}`);

describe('importing pupils', () => {
  it('lets a file leave out who left and who has flags: neither is lost', async () => {
    school = await aRegister({ pupils: [] });
    const cells = pupilCells('A1', 0, { on_roll_to: '2026-10-02', flags: 'looked-after; ehcp', chosen_name: 'Al' });
    await school.file('pupils', csvOf('pupils', [cells]));
    const { flags: _f, on_roll_to: _t, chosen_name: _c, ...less } = pupilCells('A1', 0, { class: '9C' });
    const { flags: _g, on_roll_to: _u, chosen_name: _d, ...added } = pupilCells('A2', 1);
    const lines = [Object.keys(less), ...[less, added].map((one) => Object.values(one))].map((row) => row.join(','));
    expect(await school.file('pupils', lines.join('\n'))).toMatchObject({ status: 'done', added: 1, changed: 1 });
    const [kept, fresh] = await school.db.pupil.findMany({ orderBy: { admissionNo: 'asc' } });
    expect(kept).toMatchObject({
      className: '9C',
      flags: ['looked-after', 'ehcp'],
      chosenName: 'Al',
      onRollTo: new Date('2026-10-02'),
    });
    expect(fresh).toMatchObject({ flags: [], chosenName: 'Pupil A2', onRollTo: null });
  });

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

  it('keeps what an older file, which lacks the newer columns, does not say', async () => {
    school = await aRegister({ pupils: [] });
    const agreed = {
      ...{ dual_registration: 'main', other_school: 'Mill PRU', integration_from: '2026-09-02', integration_until: '2026-09-30' },
      ...{ home_authority: 'Westshire Council' },
      ...{ part_time_from: '2026-09-14', part_time_until: '2026-10-23', part_time_review: '2026-10-02' },
    };
    await pupils(pupilCells('A1', 0, agreed), pupilCells('A2', 1));
    const { optional } = columnsOf('pupils');
    expect(optional).toEqual(expect.arrayContaining(Object.keys(agreed)));
    const older = csvOf('pupils', [pupilCells('A1', 0, { class: '9C' }), pupilCells('A2', 1)], optional);
    expect(older.split('\n')[0]).toBe('admission_no,upn,legal_name,date_of_birth,year_group,class,on_roll_from');
    expect(await school.file('pupils', older)).toMatchObject({ status: 'done', added: 0, changed: 1, unchanged: 1 });
    const [a1, a2] = await school.db.pupil.findMany({ orderBy: { admissionNo: 'asc' } });
    expect(a1).toMatchObject({ className: '9C', dualRegistration: 'main', partTimeReview: columnOf('2026-10-02') });
    expect([a1?.homeAuthority, a2?.homeAuthority]).toEqual(['Westshire Council', null]);
    expect(a2).toMatchObject({ dualRegistration: null, otherSchool: null, partTimeFrom: null, integrationUntil: null });
    await pupils(pupilCells('A1', 0, { class: '9C' }));
    expect(await school.db.pupil.findFirst({ where: { admissionNo: 'A1' } })).toMatchObject({
      ...{ dualRegistration: null, otherSchool: null, homeAuthority: null, partTimeUntil: null, integrationFrom: null },
    });
  });

  it('calls a pupil of whom no file gave another name by the legal name as it is put right', async () => {
    school = await aRegister({ pupils: [] });
    const without = (rows: Cells[]) => school.file('pupils', csvOf('pupils', rows, ['chosen_name']));
    await without([pupilCells('A1', 0, { legal_name: 'Jon Hil' })]);
    await pupils(pupilCells('A2', 1, { legal_name: 'Ann Le', chosen_name: 'Nan Le' }));
    await without([pupilCells('A1', 0, { legal_name: 'John Hill' }), pupilCells('A2', 1, { legal_name: 'Ann Lee' })]);
    const names = await school.db.pupil.findMany({ orderBy: { admissionNo: 'asc' } });
    expect(names.map(({ legalName, chosenName }) => [legalName, chosenName])).toEqual([
      ['John Hill', 'John Hill'],
      ['Ann Lee', 'Nan Le'],
    ]);
  });

  it('a pupil who is renamed, or gets a permanent UPN for a temporary one, stays the same pupil', async () => {
    school = await aRegister({ pupils: [] });
    const temporary = '88540012600B';
    const first = pupilCells('A1', 0, { upn: upnCheckLetter(temporary) + temporary });
    expect((await pupils(first)).status).toBe('done');
    const id = await school.idOf('A1');
    expect(await pupils(pupilCells('A1', 3, { legal_name: 'Ann Other', chosen_name: 'Annie' }))).toMatchObject({ changed: 1 });
    expect(await school.db.pupil.findMany()).toMatchObject([{ id, upn: upnOf(3), legalName: 'Ann Other', chosenName: 'Annie' }]);
  });

  it('refuses a UPN that has moved to another pupil of the school, and says whose it is', async () => {
    school = await aRegister({ pupils: ['A1', 'A2'] });
    expect(told(await pupils(pupilCells('A1', 7), pupilCells('A2', 0)))).toEqual([
      `3 upn ${upnOf(0)}: The pupil with admission number A1 has this UPN: mend the UPN or the admission number`,
    ]);
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

  it('never drops a restriction for a new number of the same name, unless the file speaks of both', async () => {
    school = await aRegister();
    const order = { restriction: 'No-contact order' };
    await contacts(
      contactCells('55', 'A1', { full_name: 'Zoë Hill', ...order }),
      contactCells('56', 'A2', { full_name: 'Zoë Hill' }),
    );
    const fresh = contactCells('77', 'A1', { full_name: 'ZOE\u0308  Hill' });
    expect(told(await contacts(fresh))).toEqual([
      '2 restriction : “No-contact order” of contact 55, who has the same name, is on record without an end: ' +
        'write it here, and end it with restriction_until. If they are two people, give both a row',
    ]);
    expect((await contacts({ ...fresh, ...order })).status).toBe('done');
    const namesake = contactCells('88', 'A1', { full_name: 'Zoë Hill', relationship: 'Grandmother' });
    expect((await contacts(namesake)).status).toBe('refused');
    const both = [contactCells('55', 'A1', { full_name: 'Zoë Hill', ...order }), { ...fresh, ...order }, namesake];
    expect((await contacts(...both)).status).toBe('done');
    expect((await contacts(namesake)).status).toBe('done');
    expect((await contacts(contactCells('99', 'A2', { full_name: 'Zoë Hill' }))).status).toBe('done');
  });

  it('keeps every column that a file does not have, and takes nothing for granted of somebody new', async () => {
    school = await aRegister();
    const order = { restriction: 'No contact', restriction_document: 'Order 12', restriction_until: '2027-07-21' };
    const full = contactCells('C1', 'A1', {
      title: 'Mrs',
      phone: '01452 000001',
      language: 'pl',
      permission: 'letters-only',
      ...order,
    });
    await contacts(full);
    const known = await school.db.pupilContact.findFirstOrThrow({ include: { contact: true } });
    const less = columnsOf('contacts').optional.filter((column) => column !== 'contact_no');
    const moved = { lives_with: 'no' };
    const bare = [
      contactCells('C1', 'A1', moved),
      contactCells('C2', 'A1'),
      contactCells('C3', 'A1', { parental_responsibility: 'no' }),
    ];
    expect(await school.file('contacts', csvOf('contacts', bare, less))).toMatchObject({ status: 'done', added: 2, changed: 1 });
    const rows = await school.db.pupilContact.findMany({
      include: { contact: true },
      orderBy: { contact: { contactNo: 'asc' } },
    });
    expect(rows[0]).toEqual({ ...known, livesWith: false });
    expect(known).toMatchObject({
      permission: 'letters-only',
      restriction: 'No contact',
      contact: { email: 'parent.c1@families.example', language: 'pl' },
    });
    expect(rows.map(({ permission, contact: { email, language } }) => [permission, email, language]).slice(1)).toEqual([
      ['full', null, 'en'],
      ['none', null, 'en'],
    ]);
  });

  it('takes another restriction without the days of the one before', async () => {
    school = await aRegister();
    await contacts(contactCells('C1', 'A1', { restriction: 'Order 12', restriction_until: '2026-10-01' }));
    const rest = columnsOf('contacts').optional.filter((column) => column.startsWith('restriction_'));
    expect(
      await school.file('contacts', csvOf('contacts', [contactCells('C1', 'A1', { restriction: 'Order 13' })], rest)),
    ).toMatchObject({ changed: 1 });
    expect(await school.db.pupilContact.findFirstOrThrow()).toMatchObject({ restriction: 'Order 13', restrictionUntil: null });
  });

  it('keeps an address that is not safe, and a wish for post, though an older file does not say so', async () => {
    school = await aRegister();
    const order = {
      restriction: 'Order',
      restriction_until: '2026-12-01',
      restriction_reviewer: 'DSL',
      restriction_review: '2026-11-02',
    };
    await contacts(contactCells('C1', 'A1', { address_safe: 'no', channel: 'post', ...order }), contactCells('C2', 'A1'));
    const kept = { addressSafe: false, channel: 'post' };
    const [c1, c2] = await school.db.contact.findMany({ orderBy: { contactNo: 'asc' } });
    expect([c1, c2]).toMatchObject([kept, { addressSafe: true, channel: null }]);
    const older = csvOf(
      'contacts',
      [contactCells('C1', 'A1', { ...order, phone: '01452 2' })],
      ['restriction_reviewer', 'restriction_review', 'address_safe', 'channel'],
    );
    expect(older).not.toContain('address_safe');
    expect(await school.file('contacts', older)).toMatchObject({ status: 'done', changed: 1 });
    expect(await school.db.contact.findFirst({ where: { contactNo: 'C1' } })).toMatchObject({ ...kept, phone: '01452 2' });
    expect(await contacts(contactCells('C1', 'A1', { ...order, phone: '01452 2', channel: 'post' }))).toMatchObject({
      changed: 0,
    });
    expect(await school.db.pupilContact.findFirst({ where: { contact: { contactNo: 'C1' } } })).toMatchObject({
      ...{ restrictionReviewer: 'DSL', restrictionReview: columnOf('2026-11-02') },
    });
    const ended = contactCells('C1', 'A1', { ...order, restriction_until: '2026-10-01', address_safe: 'yes' });
    expect((await contacts(ended)).status).toBe('done');
    expect((await contacts(contactCells('C1', 'A1'))).status).toBe('done');
    expect(await school.db.pupilContact.findFirst({ where: { contact: { contactNo: 'C1' } } })).toMatchObject({
      ...{ restriction: null, restrictionReviewer: null, restrictionReview: null },
    });
    expect(await school.db.contact.findFirst({ where: { contactNo: 'C1' } })).toMatchObject({ addressSafe: true, channel: null });
  });
});

describe('contacts to whom the school gives no number', () => {
  const mother = (child: string, over: Cells = {}) =>
    contactCells('', child, { full_name: 'Ann Smith', email: 'ann@home.example', ...over });
  const numbers = async () =>
    (await school.db.contact.findMany({ orderBy: { contactNo: 'asc' } })).map(({ contactNo }) => contactNo);

  it('are one a child, and the same ones in the next file', async () => {
    school = await aRegister();
    const rows = [
      mother('A1'),
      mother('A2'),
      contactCells('', 'A1', { full_name: 'Bob Smith', relationship: 'Father', email: '' }),
    ];
    expect(await contacts(...rows)).toMatchObject({ status: 'done', added: 3 });
    expect(await contacts(...rows)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    expect((await contacts(mother('A1', { full_name: 'ANN  SMITH', phone: '01452 1' }))).says).toContain('1 changed');
    const without = csvOf('contacts', rows, ['contact_no']);
    expect(without).not.toContain('contact_no');
    expect(await school.file('contacts', without)).toMatchObject({ added: 0, changed: 1 });
    expect(await numbers()).toEqual([1, 2, 3].map(() => expect.stringMatching(/^~[0-9a-f-]{36}$/)));
  });

  it('take a number when the school gives one, and keep it when a later file has none again', async () => {
    school = await aRegister();
    await contacts(mother('A1', { address_safe: 'no' }), mother('A2'));
    const numbered = (child: string) => ({ ...mother(child), contact_no: 'C1' });
    const one = csvOf('contacts', [numbered('A1')], ['address_safe']);
    expect(await school.file('contacts', one)).toMatchObject({ status: 'done', added: 0, changed: 0 });
    expect(await school.db.contact.findFirst({ where: { contactNo: 'C1' } })).toMatchObject({ addressSafe: false });
    await school.file('contacts', csvOf('contacts', [numbered('A1'), numbered('A2')], ['address_safe']));
    expect(await numbers()).toEqual(['C1', expect.stringMatching(/^~/)]);
    const [c1, was] = await school.db.contact.findMany({ orderBy: { contactNo: 'asc' } });
    expect(await school.db.samePerson.findMany()).toMatchObject([
      {
        ...{ verdict: 'one', byUser: null, why: 'A contacts file gives both this number: C1' },
        ...{ firstId: [c1?.id, was?.id].sort()[0], secondId: [c1?.id, was?.id].sort()[1] },
      },
    ]);
    expect(await school.file('contacts', csvOf('contacts', [mother('A1'), mother('A2')], ['address_safe']))).toMatchObject({
      ...{ added: 0, changed: 0, unchanged: 2 },
    });
    expect(await school.db.samePerson.count()).toBe(1);
  });

  it('are refused where two rows say different things of one, or a restriction would be lost with another word for the parent', async () => {
    school = await aRegister();
    const order = { restriction: 'No-contact order' };
    await contacts(mother('A1', order));
    expect(told(await contacts(mother('A2'), mother('A2', { phone: '1' }), mother('A1', { relationship: 'Mum' })))).toEqual([
      expect.stringMatching(/^3 contact_no : Row 2 gives another name or address/),
      expect.stringMatching(/^4 restriction : “No-contact order” is on record/),
    ]);
    const numbered = { ...mother('A1', { relationship: 'Mum' }), contact_no: 'C9' };
    expect(told(await contacts(numbered))).toEqual([expect.stringMatching(/^2 restriction .*two people, give both a row$/)]);
    expect((await contacts(mother('A1', order), numbered)).status).toBe('done');
  });
});
