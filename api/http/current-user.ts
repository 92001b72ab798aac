import type { Role } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';

/** The person (or machine, acting for a person) who asks. Every handler filters by their school or authority. */
export interface CurrentUser {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly schoolId: string | null;
  readonly authorityId: string | null;
  readonly className: string | null;
  /** The school or authority as the header prints it. */
  readonly placeName: string;
  readonly training: boolean;
}

/** The user's school, for a `where`. Someone of no school finds nothing: 404. */
export function schoolOf({ schoolId }: CurrentUser): string {
  if (schoolId === null) throw notFound('Page');
  return schoolId;
}

/** The user's local authority, for a `where`. Someone of a school finds nothing: 404. */
export function authorityOf({ authorityId }: CurrentUser): string {
  if (authorityId === null) throw notFound('Page');
  return authorityId;
}

/** What was looked for within the user's scope, or a 404: another school's case and no case are told apart by nobody. */
export function found<T>(row: T | null | undefined, what: string): T {
  if (row === null || row === undefined) throw notFound(what);
  return row;
}

const notFound = (what: string): Refusal => new Refusal('NotFound', `${what} not found`);
