import nunjucks from 'nunjucks';

const htmlParts = `{% macro parts(blocks, top) %}{% for part in blocks %}
{%- if part.kind == 'heading' %}<h{{ top + 1 }} style="font-size: 18px">{{ part.text }}</h{{ top + 1 }}>
{%- elif part.kind == 'paragraph' %}<p>{{ part.text }}</p>
{%- elif part.kind == 'list' %}<ul>{% for item in part['items'] %}<li>{{ item }}</li>{% endfor %}</ul>
{%- else %}<table style="border-collapse: collapse"><caption style="text-align: left">{{ part.caption }}</caption>
{% for row in part.rows %}<tr><th scope="row" style="text-align: left; font-weight: normal; padding: 4px 24px 4px 0">{{ row[0] }}</th><td>{{ row[1] }}</td></tr>{% endfor %}</table>
{%- endif %}
{% endfor %}{% endmacro %}`;

const html = `${htmlParts}<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{{ letter.subject }}</title></head>
<body style="font-family: Arial, sans-serif; font-size: 16px; line-height: 1.5; color: #0b0c0c; max-width: 40em">
<p>{{ letter.school.name }}<br>{{ letter.date }}</p>
<p>Dear {{ letter.recipient.name }}</p>
<p>This letter is also attached as a PDF that you can keep or print.</p>
<h1 style="font-size: 22px">{{ letter.title }}</h1>
{{ parts(letter.blocks, 1) }}
<p>Yours sincerely</p>
<p>{{ letter.signatory.name }}<br>{{ letter.signatory.role }}, {{ letter.school.name }}</p>
<p>Our reference: {{ letter.ref }}</p>
{% for one in letter.enclosures %}<p>With this letter: the {{ one.kind }} “{{ one.title }}”. It stands below, and is attached as a PDF.</p>{% endfor %}
<p>We can send this letter in large print or in another language. Please ask.</p>
{% if letter.offer %}<p lang="{{ letter.offer.lang }}" dir="{{ 'rtl' if letter.offer.rightToLeft else 'ltr' }}">{{ letter.offer.text }}</p>{% endif %}
{% for one in letter.enclosures %}<hr>
<h2 style="font-size: 22px">{{ one.title }}</h2>
{{ parts(one.blocks, 2) }}
{% endfor %}
</body></html>
`;

const textParts = `{% macro parts(blocks) %}{% for part in blocks %}
{% if part.kind == 'heading' %}{{ part.text }}:
{% elif part.kind == 'paragraph' %}{{ part.text }}
{% elif part.kind == 'list' %}{% for item in part['items'] %}- {{ item }}
{% endfor %}{% else %}{{ part.caption }}:
{% for row in part.rows %}- {{ row[0] }}: {{ row[1] }}
{% endfor %}{% endif %}{% endfor %}{% endmacro %}`;

const text = `${textParts}{{ letter.school.name }}
{{ letter.date }}

Dear {{ letter.recipient.name }}

This letter is also attached as a PDF that you can keep or print.

{{ letter.title }}
{{ parts(letter.blocks) }}
Yours sincerely

{{ letter.signatory.name }}
{{ letter.signatory.role }}, {{ letter.school.name }}

Our reference: {{ letter.ref }}
{% for one in letter.enclosures %}With this letter: the {{ one.kind }} “{{ one.title }}”. It stands below, and is attached as a PDF.
{% endfor %}We can send this letter in large print or in another language. Please ask.
{% if letter.offer %}{{ letter.offer.text }}
{% endif %}{% for one in letter.enclosures %}
--------------------

{{ one.title }}
{{ parts(one.blocks) }}{% endfor %}`;

const options = { throwOnUndefined: true };
const forHtml = compiled(html, { ...options, autoescape: true });
const forText = compiled(text, { ...options, autoescape: false });

/** Compiled once: that takes longer than a letter does. */
function compiled(source: string, how: nunjucks.ConfigureOptions): nunjucks.Template {
  return new nunjucks.Template(source, new nunjucks.Environment(null, how), undefined, true);
}

/** The same letter as the body of an e-mail: an attachment alone hides it from phones and screen readers. */
export const letterHtml = (letter: object): string => forHtml.render({ letter });
export const letterText = (letter: object): string => forText.render({ letter });
