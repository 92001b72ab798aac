import { durationSaid } from '../calendar/count-on.ts';
import { capital } from '../capital.ts';
import { counted } from '../counted.ts';
import { type Role, titleOf } from '../people/roles.ts';
import type { AuthorityProfile } from './authority.ts';

type Status = AuthorityProfile['forms'][number]['status'];

/** One thing that an authority decides for itself, as a school reads it, and the part of its profile that says so. */
export type DecidedThere = {
  part: keyof AuthorityProfile;
  about: string;
  says: string;
  source: string | null;
  status: Status | null;
};

/** How sure we are of it, as a reader understands it. */
export const statusOfProfile: Record<Status, string> = {
  confirmed: 'read in the authority’s own document',
  'second-hand': 'read in a document that restates it',
  interpretation: 'our reading, where no document says',
};

/** What an authority decides for itself, in plain English: the notice to improve, papers, deadlines, ways, and who is asked when. */
export const authorityInWords = (profile: AuthorityProfile): DecidedThere[] => [
  ...noticeInWords(profile),
  ...returnInWords(profile),
  ...profile.forms.map((one) => decided('forms', one, `Form: ${one.called}`)),
  ...profile.deadlines.map((one) =>
    decided('deadlines', one, `With the authority within ${durationSaid(one.within)} after ${one.after}`),
  ),
  ...profile.routes.map((one) => decided('routes', one, one.by)),
  ...waitingInWords(profile),
];

type Known = Pick<AuthorityProfile['forms'][number], 'for' | 'source' | 'status'>;

const decided = (part: DecidedThere['part'], { for: matter, source, status }: Known, says: string): DecidedThere => ({
  ...{ part, about: aboutOf(matter), says, source, status },
});

type Matter = AuthorityProfile['forms'][number]['for'];

const abouts: Partial<Record<Matter, string>> = { 'penalty notice request': 'Asking for a penalty notice', returns: 'Returns' };
const aboutOf = (matter: Matter): string => abouts[matter] ?? capital(matter);

function noticeInWords({ 'notice to improve': notice }: AuthorityProfile): DecidedThere[] {
  const { 'school weeks': weeks, 'issued by': by, 'before a penalty notice': before, source = null, status = null } = notice;
  const { 'at least': least, 'at most': most } = weeks;
  const part = 'notice to improve';
  const said = (about: string, says: string): DecidedThere => ({ part, about, says, source, status });
  return [
    said(
      'How long a notice to improve runs',
      least === most ? counted(least, 'school week') : `${least} to ${most} school weeks`,
    ),
    said('Who issues a notice to improve', by === 'authority' ? 'The local authority' : 'The school'),
    said(
      'Before a penalty notice',
      before
        ? 'A notice to improve comes first and was not met, unless support is not appropriate, as with leave in term time'
        : 'No notice to improve has to come first',
    ),
  ];
}

/** Which absence that is not in a row makes a pupil one for the return, where the authority names a number. */
function returnInWords({ 'attendance return': asked }: AuthorityProfile): DecidedThere[] {
  const { 'irregular absence': days, source = null, status = null } = asked;
  if (days === null) return [];
  const says = `Pupils with ${counted(days, 'day')} of absence that are not in a row as well`;
  return [{ part: 'attendance return', about: 'Whom the attendance return names', says, source, status }];
}

function waitingInWords({ waiting, 'stands in': standIns }: AuthorityProfile): DecidedThere[] {
  const { 'remind after': remind, 'escalate after': escalate } = waiting;
  const said = (part: DecidedThere['part'], about: string, says: string): DecidedThere => ({
    ...{ part, about, says, source: null, status: null },
  });
  const others = Object.entries(standIns) as [Role, Role][];
  const then = (of: Role, other: Role) =>
    `The ${titleOf(other)} stands in for the ${titleOf(of)}${escalate === undefined ? '' : `, and is asked as well after ${counted(escalate, 'school day')}`}`;
  return [
    said('waiting', 'What waits for a decision', `Whoever is to decide is reminded after ${counted(remind, 'school day')}`),
    ...others.map(([of, other]) => said('stands in', 'Who stands in', then(of, other))),
  ];
}
