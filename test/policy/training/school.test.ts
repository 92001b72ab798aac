import { describe, expect, it } from '@jest/globals';
import { addSchoolDays, isSchoolDay } from '../../../policy/calendar/school-calendar.ts';
import { compulsorySchoolAge } from '../../../policy/law/school-age.ts';
import { mayWriteTo } from '../../../policy/letters/may-write.ts';
import { roles } from '../../../policy/people/roles.ts';
import { csvForms } from '../../../policy/register/csv-forms.ts';
import { wrongUpn } from '../../../policy/register/upn.ts';
import type { Family } from '../../../policy/training/made-up-pupil.ts';
import { contactRows, pupilRows } from '../../../policy/training/register-rows.ts';
import { staff } from '../../../policy/training/staff.ts';
import { casesBegin, opensOn, trainingCalendar, yearDays } from '../../../policy/training/timetable.ts';
import { trainees } from '../../../policy/training/trainee.ts';
import { gloucestershire } from '../../support/told-case.ts';

const pupils = pupilRows().map((row) => csvForms.pupils.parse(row));
const contacts = contactRows().map((row) => csvForms.contacts.parse(row));
const withFamily = (family: Family) => trainees.filter((one) => one.family === family);
const contactsOf = (no: string) => contacts.filter(({ admission_no }) => admission_no === no);
const may = (one: (typeof contacts)[number] | undefined, on = opensOn) =>
  one &&
  mayWriteTo(
    {
      permission: one.permission ?? 'none',
      parentalResponsibility: one.parental_responsibility,
      livesWith: one.lives_with,
      restriction: one.restriction ?? null,
      restrictionFrom: one.restriction_from ?? null,
      restrictionUntil: one.restriction_until ?? null,
    },
    on,
  ).may;

describe('the training school', () => {
  it('has 1,060 pupils from reception to year 11 in classes of 28 to 33, each with a teacher', () => {
    expect(pupils).toHaveLength(1060);
    expect(new Set(pupils.map(({ year_group }) => year_group))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));
    const sizes = new Map<string, number>();
    for (const { class: name } of pupils) sizes.set(name, (sizes.get(name) ?? 0) + 1);
    expect(Math.min(...sizes.values())).toBeGreaterThanOrEqual(28);
    expect(Math.max(...sizes.values())).toBeLessThanOrEqual(33);
    const taught = staff.flatMap(({ role, className }) => (role === 'class-teacher' ? [className] : []));
    expect([...taught].sort()).toEqual([...sizes.keys()].sort());
  });

  it('gives every pupil a number and a UPN of their own, with its check letter, and an age that fits the year', () => {
    expect(new Set(pupils.map(({ admission_no }) => admission_no)).size).toBe(1060);
    expect(new Set(pupils.map(({ upn }) => upn)).size).toBe(1060);
    for (const { upn, date_of_birth, year_group } of pupils) {
      expect(wrongUpn(upn)).toBeNull();
      expect(date_of_birth >= `${2021 - year_group}-09-01` && date_of_birth <= `${2022 - year_group}-08-31`).toBe(true);
    }
  });

  it('has staff of every role, each with an account of their own on an example domain', () => {
    expect(new Set(staff.map(({ role }) => role))).toEqual(new Set(roles));
    for (const same of ['id', 'email'] as const) expect(new Set(staff.map((one) => one[same])).size).toBe(staff.length);
    for (const { email } of [...staff, ...contacts]) expect(email ?? '@x.example').toMatch(/@[a-z]+\.example$/);
    for (const { phone } of contacts) expect(phone).toMatch(/^(07700 900\d{3}|01632 960\d{3})$/); // Ofcom: numbers for drama
  });

  it('keeps a school year of 190 days, without bank holidays and half-terms', () => {
    expect(yearDays).toHaveLength(190);
    for (const day of [
      '2026-09-01',
      '2026-10-28',
      '2026-12-25',
      '2027-02-17',
      '2027-03-26',
      '2027-03-29',
      '2027-05-03',
      '2027-06-01',
    ])
      expect([day, isSchoolDay(trainingCalendar, day)]).toEqual([day, false]);
    expect(isSchoolDay(trainingCalendar, opensOn)).toBe(true);
    // Nobody is told of a day before it opens, so nothing may be late by then.
    const { 'remind after': days } = gloucestershire.waiting;
    expect(addSchoolDays(trainingCalendar, casesBegin, days) > opensOn).toBe(true);
  });

  it.each(["O'Brien", 'Zoë', 'Łukasz', 'Nguyễn'])('has a pupil called %s', (name) => {
    expect(pupils.some(({ chosen_name }) => chosen_name?.split(' ').includes(name))).toBe(true);
  });

  it('has names of one word and of sixty letters', () => {
    expect(pupils.some(({ legal_name }) => !legal_name.includes(' '))).toBe(true);
    expect(pupils.some(({ legal_name }) => legal_name.length >= 60 && legal_name.includes('-'))).toBe(true);
  });

  it('has separated parents, each with an address of their own', () => {
    for (const { no } of withFamily('separated')) {
      const [mother, father] = contactsOf(no);
      expect(may(mother) && may(father)).toBe(true);
      expect(mother?.postcode).not.toBe(father?.postcode);
    }
  });

  it('has no-contact orders that were read, in force now and not for ever', () => {
    expect(withFamily('no contact').length).toBeGreaterThan(1);
    for (const { no } of withFamily('no contact')) {
      const father = contactsOf(no)[1];
      expect([may(father), may(father, '2027-06-01')]).toEqual([false, true]);
      expect(father?.restriction_document && father.restriction_read_by).toBeTruthy();
    }
  });

  it('has parents without e-mail, who have a postal address', () => {
    for (const { no } of withFamily('no e-mail'))
      expect(contactsOf(no)).toMatchObject([{ email: null, address: [expect.any(String), 'Oakbridge'] }]);
  });

  it.each([
    ['pl', 'polish'],
    ['ar', 'arabic'],
  ] as const)('has parents who read %s, beside parents of the same child who read English', (language, family) => {
    const [first] = withFamily(family);
    expect(contactsOf(first?.no ?? '').map((one) => one.language)).toEqual([language, 'en']);
  });

  it('has brothers and sisters whose parents are the same people', () => {
    const siblings = trainees.filter(({ siblingOf }) => siblingOf !== null);
    expect(siblings.length).toBeGreaterThan(100);
    for (const { no, siblingOf } of siblings) {
      const people = (of: string) => contactsOf(of).map(({ admission_no: _, ...rest }) => rest);
      expect(people(no)).toEqual(people(siblingOf ?? ''));
    }
  });

  it('has a child in care whose parent to write to is the authority alone', () => {
    const [child] = withFamily('looked after');
    expect(child?.flags).toContain('looked-after');
    const written = contactsOf(child?.no ?? '').filter((one) => may(one));
    expect(written.map(({ relationship }) => relationship)).toEqual(['Local authority']);
    expect(contactsOf(child?.no ?? '').map(({ relationship }) => relationship)).toContain('Social worker');
  });

  it('has a reception pupil of four, not yet of compulsory school age, among those a case is about', () => {
    const poppy = pupils.find(({ admission_no }) => admission_no === 'A0009');
    expect(poppy?.year_group).toBe(0);
    expect(poppy && compulsorySchoolAge(poppy.date_of_birth, opensOn)).toBe(false);
  });
});
