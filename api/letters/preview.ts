import { z } from 'zod';
import type { Block } from '../../policy/letters/block.ts';
import type { Preview } from '../../policy/letters/printed.ts';
import type { Role } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { whyTo } from '../register/reach.ts';
import type { Download } from '../web/route.ts';

const Part = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('paragraph'), text: z.string() }),
    z.object({ kind: z.literal('heading'), text: z.string() }),
    z.object({ kind: z.literal('list'), items: z.array(z.string()).readonly() }),
    z.object({
      kind: z.literal('table'),
      caption: z.string(),
      rows: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
    }),
  ])
  .meta({ id: 'LetterPart', description: 'A letter is its parts, in this order' }) satisfies z.ZodType<Block>;

/** What a decision would send if it were confirmed now. */
export const LetterPreview = z
  .object({
    refused: z.string().nullable().describe('Why nothing would be sent'),
    example: z.boolean().describe('The letter names a day and a time, and these are not chosen yet'),
    letters: z
      .array(
        z.object({
          n: z.int().describe('Its number in the address of its PDF'),
          to: z.string(),
          channel: z.string(),
          subject: z.string(),
          title: z.string(),
          parts: z.array(Part).readonly(),
        }),
      )
      .describe('Each parent’s own'),
    enclosures: z
      .array(z.object({ number: z.int(), kind: z.string(), title: z.string(), parts: z.array(Part).readonly() }))
      .describe('What goes with each of them'),
    without: z.array(z.object({ name: z.string(), because: z.string() })).describe('Who gets no letter, and why'),
  })
  .meta({ id: 'LetterPreview' });

/** A preview as a person with this role is shown it: of a court order, what follows or what it says. */
export const shownTo = (role: Role, { without, ...preview }: Preview): PreviewShown => ({
  ...preview,
  without: without.map(({ name, ...why }) => ({ name, because: whyTo(role, why) })),
});
export type PreviewShown = Omit<Preview, 'without'> & { without: z.infer<typeof LetterPreview>['without'] };

type Shown = PreviewShown & { example?: boolean };

/** A preview as a machine reads it. */
export const previewFacts = ({
  refused,
  example = false,
  letters,
  enclosures,
  without,
}: Shown): z.input<typeof LetterPreview> => ({
  ...{ refused, example, without },
  letters: letters.map(({ channel, letter }, n) => ({
    ...{ n, channel, to: letter.recipient.name, subject: letter.subject, title: letter.title, parts: letter.blocks },
  })),
  enclosures: enclosures.map(({ enclosure }, i) => ({
    ...{ number: i + 1, kind: enclosure.kind, title: enclosure.title, parts: enclosure.blocks },
  })),
});

/**
 * One of the letters, from 0, as a PDF.
 * @throws Refusal('NotAllowed') if nothing would be sent, with why, Refusal('NotFound') if there is no such letter.
 */
export function previewPdf({ refused, letters }: PreviewShown, n: number): Download {
  if (refused !== null) throw new Refusal('NotAllowed', refused);
  const letter = letters[n];
  if (!letter) throw new Refusal('NotFound', 'There is no such letter. Show the letters again');
  return { file: 'preview.pdf', type: 'application/pdf', content: letter.pdf() };
}

/**
 * What goes with each of the letters, numbered from 1, as a PDF.
 * @throws Refusal as for a letter.
 */
export function previewEnclosurePdf({ refused, enclosures }: PreviewShown, number: number): Download {
  if (refused !== null) throw new Refusal('NotAllowed', refused);
  const found = enclosures[number - 1];
  if (!found) throw new Refusal('NotFound', 'Nothing of that number goes with the letter');
  return { file: `${found.enclosure.kind}.pdf`, type: 'application/pdf', content: found.pdf() };
}
