import type { z } from 'zod';
import { type Alike, alikes, pupilsAlike } from '../../policy/people/matching.ts';
import type { Kind } from '../../policy/people/say.ts';
import type { Db, Tx } from '../../prisma/client.ts';
import { contactsCompared, pupilsCompared, saidOf } from '../../prisma/persons.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import { namesOf } from '../../prisma/users.ts';
import type { Ctx } from '../web/route.ts';
import { pupilName } from '../web/shapes.ts';
import type { SamePeople } from './shapes.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

const most = 100;

/** Everything that is known of who may be whom at the user's school. */
export async function known(db: Db | Tx, { user, at }: Omit<Asking, 'deps'>) {
  const school = await schoolOf(db as Db, user);
  const [contacts, pupils] = [await contactsCompared(db, school.id, todayAt(school, at)), await pupilsCompared(db, school.id)];
  const said = await saidOf(db, school.id);
  const of = (kind: Kind) => said.filter((one) => one.kind === kind);
  return {
    ...{ schoolId: school.id, said },
    contact: { rows: new Map(contacts.map((row) => [row.id, row])), alike: alikes(contacts, of('contact')), said: of('contact') },
    pupil: { rows: new Map(pupils.map((row) => [row.id, row])), alike: pupilsAlike(pupils, of('pupil')), said: of('pupil') },
  };
}
type Known = Awaited<ReturnType<typeof known>>;

type ContactRow = Known['contact']['rows'] extends ReadonlyMap<string, infer Row> ? Row : never;

const contactFacts = ({ id, fullName, email, phone, address, postcode, pupils }: ContactRow) => ({
  ...{ id, name: fullName, email, phone, address: [...address, ...(postcode ? [postcode] : [])] },
  children: pupils.map(({ pupil, relationship }) => ({ ...pupilName(pupil), relationship })),
});

/** Each pair with its rows. Whoever is gone meanwhile stands in no pair. */
const withRows = <Row, Shown>(alike: readonly Alike[], rows: ReadonlyMap<string, Row>, shown: (row: Row) => Shown) =>
  alike.flatMap(({ first, second, because }) => {
    const [a, b] = [rows.get(first), rows.get(second)];
    return a && b ? [{ first: shown(a), second: shown(b), because: [...because] }] : [];
  });

/** Contacts that may be one person and pupils that may be one, and what was said of such. */
export async function samePeople(ctx: Asking): Promise<z.infer<typeof SamePeople>> {
  const { contact, pupil, said } = await known(ctx.deps.db, ctx);
  const names = await namesOf(
    ctx.deps.db,
    said.map(({ byUser }) => byUser),
  );
  const called = await toldApart(ctx.deps.db, [...pupil.rows.keys()]);
  const one = (kind: Kind, id: string) => {
    const [parent, child] = kind === 'contact' ? [contact.rows.get(id)] : [undefined, pupil.rows.get(id)];
    const children = parent?.pupils.map((link) => `${called(pupilName(link.pupil))}, ${link.pupil.className}`);
    return {
      ...{ id, name: parent?.fullName ?? child?.legalName ?? 'No longer known' },
      about: child ? `${child.className}, no. ${child.admissionNo}` : (children?.join('; ') ?? ''),
    };
  };
  return {
    contacts: withRows(contact.alike.slice(0, most), contact.rows, contactFacts),
    pupils: withRows(pupil.alike.slice(0, most), pupil.rows, ({ legalName: name, chosenName: _, ...row }) => ({ ...row, name })),
    said: said.slice(0, most).map(({ kind, first, second, verdict, why, at, byUser }) => ({
      ...{ kind, verdict, why, at: at.toISOString(), by: names.get(byUser ?? '') ?? null },
      ...{ first: one(kind, first), second: one(kind, second) },
    })),
    more: Math.max(0, contact.alike.length - most),
  };
}
