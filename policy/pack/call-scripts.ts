/** What to say on a call: its title, and three short parts. A policy names one of them; what it says besides is its own advice. */
export const callScripts = {
  'how-can-we-help': {
    title: 'Call the family: how can we help?',
    says: [
      'Say who you are, and that you are calling to help, not to blame.',
      'Say how many days have been missed, and ask how things are.',
      'Ask what would make it easier to come to school, and offer one thing you can do.',
    ],
  },
  'thank-you': {
    title: 'Call to say thank you',
    says: [
      'Say that you have seen attendance improve.',
      'Thank them for their part in it.',
      'Ask if anything else would help to keep it up.',
    ],
  },
  'formal-monitoring': {
    title: 'Call about the formal monitoring',
    says: [
      'Say that a letter is on its way, and what formal monitoring means.',
      'Say the target and the dates, and ask what could get in the way.',
      'Offer support, and note what they accept or decline.',
    ],
  },
} as const;

export const scriptIds = Object.keys(callScripts) as [keyof typeof callScripts, ...(keyof typeof callScripts)[]];

/** The script of this name; none of one that an older policy named and that never was. */
export const scriptNamed = (id: string): { title: string; says: readonly string[] } | undefined =>
  scriptIds.some((one) => one === id) ? callScripts[id as keyof typeof callScripts] : undefined;
