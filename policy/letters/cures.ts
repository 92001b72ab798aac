/** What a person does about a field that a letter lacks, by the part of the letter it belongs to. */
const cures: Record<string, string> = {
  school: "Complete the school's address, telephone and e-mail",
  authority: "Complete the local authority's details",
  signatory: 'The person who approves signs the letter: complete their name and role',
  recipient: "Complete the parent's name and address in the contacts file and import it",
  pupil: "Complete the pupil's name and class in the pupils file and import it",
  figures: 'Import the marks the letter rests on',
  personalNote: 'Shorten or remove the paragraph you wrote',
  targetPercent: 'Set the target of the monitoring in the policy pack',
  awaySince: 'The register no longer says that the child is away without a reason. Decline this letter, and write of what is so',
  halfTerm:
    'No half-term of this school year has ended that the child was to be in school. Decline this letter, and write of what is so',
  meeting: 'Enter the day and the time of the meeting',
  offences: 'The national threshold is not met, so there are no sessions that it could name. Choose another step',
  earlyGrounds: 'Say when a penalty notice may come before the period ends',
  first: 'The letter that it puts right is not kept. Write to the family outside Firstbell, and decline this',
  right: 'Import the marks the first letter rested on',
  contact: "Complete the officer's name, telephone and e-mail",
};

/** The cure for a missing field, named by its path in the letter's fields: "recipient.address.0". */
export const cureFor = (field: string): string =>
  `${cures[field.split('.')[0] ?? ''] ?? 'Complete it'}, then approve the letter again`;
