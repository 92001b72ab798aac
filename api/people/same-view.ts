import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { londonDay, shortDay } from '../../policy/calendar/day.ts';
import { type Called, toldApart } from '../../prisma/told-apart.ts';
import type { Ctx, View } from '../web/route.ts';
import { personWords } from '../web/shapes.ts';
import { ticked } from '../web/ticked.ts';
import { samePeople } from './facts.ts';
import type { SamePeople } from './shapes.ts';

type Contact = z.infer<typeof SamePeople>['contacts'][number]['first'];
type Pupil = z.infer<typeof SamePeople>['pupils'][number]['first'];
type Pair = { first: { id: string }; second: { id: string } };

type Form = keyof typeof choices;
type Typed = { of?: unknown; verdict?: unknown; why?: unknown; pairs?: unknown };

/** The page: who may be one, and what was said so far. Of its forms the one that was sent is where an error leads. */
export async function sameView(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, typed: Typed = {}): Promise<View> {
  const { contacts, pupils, said, more } = await samePeople(ctx);
  const called = await toldApart(
    ctx.deps.db,
    contacts.flatMap(({ first, second }) => [...first.children, ...second.children].map(({ id }) => id)),
  );
  const chosen = ticked.catch([]).parse(typed.pairs);
  const sent = typed.of ?? 'contacts';
  const form = (of: Form) => ({
    ...{ of, choices: choices[of], sent: of === sent, suffix: of === sent ? '' : `-${of}` },
    said: of === sent ? { verdict: typed.verdict, why: typed.why ?? '' } : { verdict: '', why: '' },
  });
  const box = (of: Form, kind: string, { first, second }: Pair, i: number) => {
    const id = `${kind} ${first.id} ${second.id}`;
    return { id, box: `pairs${form(of).suffix}${i === 0 ? '' : `-${i + 1}`}`, chosen: chosen.includes(id) };
  };
  const alike = (of: Form, kind: string, pair: Pair & { first: { name: string }; because: string[] }, i: number) => ({
    ...{ ...box(of, kind, pair, i), label: `${pair.first.name}: ${pair.because.join('. ')}` },
  });
  return {
    template: 'people/same.njk',
    model: {
      forms: { contacts: form('contacts'), pupils: form('pupils') },
      contacts: contacts.map((pair, i) => ({
        ...{ ...alike('contacts', 'contact', pair, i), rows: [pair.first, pair.second].map(contactLines(called)) },
      })),
      pupils: pupils.map((pair, i) => ({
        ...{ ...alike('pupils', 'pupil', pair, i), rows: [pair.first, pair.second].map(pupilLines) },
      })),
      told: (['one', 'two'] as const).map((verdict) => ({
        ...{ heading: headings[verdict], form: form(verdict) },
        rows: said
          .filter((one) => one.verdict === verdict)
          .map(({ kind, first, second, why, at, by }, i) => ({
            ...{
              ...box(verdict, kind, { first, second }, i),
              label: `${spoken(first)} and ${spoken(second)}`,
            },
            about: `${why}. ${[shortDay(londonDay(Date.parse(at))), by ? personWords(by) : 'by an import'].join(', ')}`,
          })),
      })),
      ...{ more, decisionKey: randomUUID() },
    },
  };
}

const headings = { one: 'Joined', two: 'Kept apart' };

/** What can be said in each form: of those to look at, and of those of whom it was said that they are one, or two. */
const choices = {
  contacts: [
    { verdict: 'one', text: 'They are one person: join them' },
    { verdict: 'two', text: 'They are two people: do not ask again' },
  ],
  pupils: [{ verdict: 'two', text: 'They are two pupils: do not ask again' }],
  one: [
    { verdict: 'two', text: 'Part them: they are two people' },
    { verdict: 'ask', text: 'Part them, and ask again' },
  ],
  two: [{ verdict: 'ask', text: 'Ask again about these' }],
};

const spoken = ({ name, about }: { name: string; about: string }): string => (about === '' ? name : `${name} (${about})`);

const contactLines =
  (called: Called) =>
  ({ name, children, email, phone, address }: Contact) => ({
    ...{ name, href: null },
    children: children.map((child) => ({
      ...{ of: child.relationship, href: `/register/${child.id}`, name: `${called(child)}, ${child.className}` },
    })),
    lines: [email ?? 'No e-mail address', phone ?? 'No telephone', address.join(', ') || 'No address'],
  });

const pupilLines = ({ id, name, className, born, admissionNo, upn }: Pupil) => ({
  ...{ name, href: `/register/${id}`, children: [] },
  lines: [`Class ${className}`, `Born ${shortDay(born)}`, `Admission number ${admissionNo}`, `UPN ${upn}`],
});
