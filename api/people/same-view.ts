import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { londonDay, shortDay } from '../../policy/calendar/day.ts';
import type { Ctx, View } from '../web/route.ts';
import { personWords } from '../web/shapes.ts';
import { samePeople } from './facts.ts';
import type { SamePeople } from './shapes.ts';

type Contact = z.infer<typeof SamePeople>['contacts'][number]['first'];
type Pupil = z.infer<typeof SamePeople>['pupils'][number]['first'];
type Pair = { first: { id: string }; second: { id: string } };

/** The page: who may be one, and what was said so far. Each pair has a checkbox; the first of the page is where an error leads. */
export async function sameView(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, chosen: readonly string[] = []): Promise<View> {
  const { contacts, pupils, said, more } = await samePeople(ctx);
  let boxes = 0;
  const box = (kind: string, { first, second }: Pair) => {
    const id = `${kind} ${first.id} ${second.id}`;
    return { id, box: boxes++ === 0 ? 'pairs' : `pairs-${boxes}`, chosen: chosen.includes(id) };
  };
  const alike = (kind: string, pair: Pair & { first: { name: string }; because: string[] }) => ({
    ...{ ...box(kind, pair), label: `${pair.first.name}: ${pair.because.join('. ')}` },
  });
  return {
    template: 'people/same.njk',
    model: {
      contacts: contacts.map((pair) => ({ ...alike('contact', pair), rows: [pair.first, pair.second].map(contactLines) })),
      pupils: pupils.map((pair) => ({ ...alike('pupil', pair), rows: [pair.first, pair.second].map(pupilLines) })),
      told: (['one', 'two'] as const).map((verdict) => ({
        ...headings[verdict],
        rows: said
          .filter((one) => one.verdict === verdict)
          .map(({ kind, first, second, why, at, by }) => ({
            ...{
              ...box(kind, { first, second }),
              label: first.name === second.name ? `${first.name}, twice` : `${first.name} and ${second.name}`,
            },
            about: `${why}. ${[shortDay(londonDay(Date.parse(at))), by ? personWords(by) : 'by an import'].join(', ')}`,
          })),
      })),
      ...{ more, decisionKey: randomUUID() },
    },
  };
}

const headings = {
  one: {
    heading: 'Joined',
    buttons: [
      { verdict: 'two', text: 'Part them: they are two people' },
      { verdict: 'ask', text: 'Part them, and ask again' },
    ],
  },
  two: { heading: 'Kept apart', buttons: [{ verdict: 'ask', text: 'Ask again about these' }] },
};

const contactLines = ({ name, children, email, phone, address }: Contact) => ({
  ...{ name, href: null },
  children: children.map((child) => ({
    ...{ of: child.relationship, href: `/register/${child.id}`, name: `${child.name}, ${child.className}` },
  })),
  lines: [email ?? 'No e-mail address', phone ?? 'No telephone', address.join(', ') || 'No address'],
});

const pupilLines = ({ id, name, className, born, admissionNo, upn }: Pupil) => ({
  ...{ name, href: `/register/${id}`, children: [] },
  lines: [`Class ${className}`, `Born ${shortDay(born)}`, `Admission number ${admissionNo}`, `UPN ${upn}`],
});
