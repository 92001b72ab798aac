/** The lists of letters that the page offers, and what an empty one says. */
const lists = [
  { status: undefined, text: 'All letters', empty: 'No letter has been approved yet.' },
  { status: 'waiting', text: 'Waiting to go', empty: 'No letter waits to go.' },
  { status: 'questioned', text: 'Held: do they still go?', empty: 'No letter is held because the register changed under it.' },
  {
    status: 'to-print',
    text: 'Print queue',
    empty:
      'Nothing is to be printed. A letter comes here when it goes by post: because its reader has no e-mail address, or because such a letter goes by post.',
  },
  { status: 'unknown', text: 'Not known whether it arrived', empty: 'Of every letter it is known what became of it.' },
  { status: 'refused', text: 'Refused', empty: 'No letter was refused by a mail server.' },
  { status: 'stopped', text: 'Stopped', empty: 'No letter was stopped.' },
  { status: 'recalled', text: 'Recalled', empty: 'No letter was recalled.' },
] as const;

/** The list of the letters with this status: its name, what it says when empty, and the ways to the others. */
export function listOf(status: string | undefined) {
  const here = lists.find((one) => one.status === status);
  return {
    heading: here?.text ?? 'Letters',
    empty: here?.empty ?? 'There are none.',
    lists: lists.map((one) => ({
      text: one.text,
      href: one.status ? `/letters?status=${one.status}` : '/letters',
      current: one === here,
    })),
  };
}
