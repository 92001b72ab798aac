import { describe, expect, it } from '@jest/globals';
import { renderLetter } from '../../../activities/letters/render.ts';
import { templateIds } from '../../../policy/letters/templates.ts';
import { lettersFields } from '../../support/letter-fields.ts';

const names = [
  "Zoë O'Brien",
  'Łukasz Wiśniewski',
  'Nguyễn Thị Hoa',
  'Siân',
  'Maximiliana-Alexandrina Featherstonehaugh-Cholmondeley-Smythe',
];
const markup = '#panic("x") *bold* $x^2$ <script>alert(1)</script> {{ letter }} {% include "x" %} \\ @ref // & "';

const latin = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

describe.each(templateIds)('%s', (template) => {
  const { subject, text, html, pdf } = renderLetter(template, lettersFields(template));

  it('is an accessible PDF: tagged, PDF/UA-1, with a language, a title and its fonts inside', () => {
    const file = latin(pdf);
    expect(file).toMatch(/<pdfuaid:part>1</);
    expect(file).toMatch(/\/Lang ?\(en-GB\)/);
    expect(file).toContain('/StructTreeRoot');
    expect(file).toMatch(/\/DisplayDocTitle true/);
    expect(file).toContain('/FontFile');
  });

  it('says the same as text and as a page', () => {
    const words = (given: string) => given.replaceAll(/<[^>]+>/g, ' ').replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
    const unescaped = html.slice(html.indexOf('<body')).replaceAll('&#39;', "'").replaceAll('&quot;', '"');
    expect(words(unescaped).trim().toLowerCase()).toBe(words(text).trim().toLowerCase());
  });

  it('tells nothing of the child in its subject, nor in the first words that a locked screen shows', () => {
    const shown = subject + text.slice(0, 100) + html.replaceAll(/<[^>]+>/g, '').slice(0, 100);
    expect(shown).not.toMatch(/Zoë|O'Brien|attendance|%|penalty/);
  });

  it('has the same bytes each time', () => {
    expect(Buffer.compare(renderLetter(template, lettersFields(template)).pdf, pdf)).toBe(0);
  });
});

it.each(names)('writes to and about %s as they spell it', (name) => {
  const over = { recipient: { name }, pupil: { name } };
  const { text, html, pdf } = renderLetter('letter-1', lettersFields('letter-1', over));
  expect(text).toContain(`Dear ${name}\n`);
  expect(html).toContain(`Dear ${name.replaceAll("'", '&#39;')}</p>`);
  expect(pdf.length).toBeGreaterThan(10_000);
});

it('shows what people typed as it is, in each form, and runs none of it', () => {
  const over = { personalNote: markup, recipient: { name: markup, address: [markup] }, pupil: { name: markup } };
  const { text, html, pdf } = renderLetter('letter-1', lettersFields('letter-1', over));
  expect(text).toContain(markup);
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; {{ letter }}');
  expect(latin(pdf)).toMatch(/^%PDF-1\.7/);
});

it.each([
  ['pl', 'ltr', 'w języku polskim'],
  ['ar', 'rtl', 'باللغة العربية'],
])('offers the letter in the language of a parent who reads %s', (language, dir, words) => {
  const { html, text, pdf } = renderLetter('letter-1', lettersFields('letter-1', { recipient: { language } }));
  expect(html).toContain(`<p lang="${language}" dir="${dir}">`);
  expect(text).toContain(words);
  expect(latin(pdf)).toMatch(new RegExp(`/Lang ?\\(${language}`));
});

describe('the leaflet with a letter', () => {
  const written = (over: object = {}) =>
    renderLetter('letter-1', { ...lettersFields('letter-1'), enclosures: ['leaflet'], ...over });

  it('stands in each form of the letter, and is named there', () => {
    const { text, html, enclosures } = written();
    for (const form of [text, html]) {
      expect(form).toContain('With this letter: the leaflet “Working together on attendance”');
      expect(form).toContain('The law lets us agree only in exceptional circumstances');
    }
    expect(enclosures).toMatchObject([{ kind: 'leaflet', title: 'Working together on attendance' }]);
    expect(renderLetter('letter-1', lettersFields('letter-1')).text).not.toContain('leaflet');
  });

  it('is an accessible PDF of one page', () => {
    const file = latin(written().enclosures[0]?.pdf ?? new Uint8Array());
    expect(file).toMatch(/<pdfuaid:part>1</);
    expect(file).toContain('/StructTreeRoot');
    expect(file.match(/\/Type ?\/Page\b/g)).toHaveLength(1);
  });

  it('names nobody, and is the same for every family on every day', () => {
    const other = {
      ref: 'FB-26-FFFFFF',
      issuedOn: '2027-01-11',
      recipient: { name: 'Ann Lee', address: ['1 Row'], language: 'pl', channel: 'post' },
    };
    const [one, two] = [written(), written({ ...other, pupil: { name: 'Bo Lee', className: '7A' } })];
    expect(Buffer.compare(one.enclosures[0]?.pdf ?? Buffer.alloc(0), two.enclosures[0]?.pdf ?? Buffer.alloc(1))).toBe(0);
    const { school } = lettersFields('letter-1') as { school: object };
    const elsewhere = written({ school: { ...school, phone: '01632 960999' } });
    expect(elsewhere.text).toContain('960999');
    expect(Buffer.compare(one.enclosures[0]?.pdf ?? Buffer.alloc(0), elsewhere.enclosures[0]?.pdf ?? Buffer.alloc(0))).not.toBe(
      0,
    );
  });
});

it('offers large print or another language to everybody', () => {
  expect(renderLetter('letter-1', lettersFields('letter-1')).text).toContain('in large print or in another language');
});

it('does not grow with the number of letters written', () => {
  const write = (n: number) => {
    for (let i = 0; i < n; i++) renderLetter('letter-1', lettersFields('letter-1', { ref: `FB-26-${i}` }));
    return process.memoryUsage().rss / 1e6;
  };
  const before = write(100);
  expect(write(200) - before).toBeLessThan(100);
});
