import type { Action } from '../../policy/case/proposal.ts';
import type { TaskKind } from '../../policy/pack/step.ts';
import type { contactsOf } from '../register/contacts.ts';

type Contact = ReturnType<typeof contactsOf>[number];
/** The ways to one person, a line each; or what must not be done, and why. */
type Way = { stop: string | null; ways: string[] };
type Reach = { title: string; by: (one: Contact) => Way };

const visits: ReadonlySet<TaskKind> = new Set(['home visit', 'welfare check', 'enquiry']);
const speaks: ReadonlySet<TaskKind> = new Set([
  'contact',
  'evidence request',
  'attendance contract',
  'attendance plan',
  'early help',
]);

/** How a thing to do reaches the family: whom to call, to meet or to visit. Null if it is not done with the family. */
export function reachFor(action: Action): Reach | null {
  if (action.what === 'call') return { title: 'Whom to call', by: byPhone };
  if (action.what === 'meeting') return { title: 'Whom to meet', by: byInvitation };
  if (action.what !== 'task') return null;
  if (visits.has(action.task)) return { title: 'Where the family lives', by: atHome };
  return speaks.has(action.task) ? { title: 'Whom to speak to', by: byPhone } : null;
}

const phoneOf = ({ phone }: Contact): string => phone ?? 'No telephone number is known';

const byPhone = (one: Contact): Way => ({ stop: one.notCall && `Do not call. ${one.notCall}`, ways: [phoneOf(one)] });
const byInvitation = (one: Contact): Way => ({ stop: one.notWrite && `Do not invite. ${one.notWrite}`, ways: [phoneOf(one)] });

/** An address that is not safe for letters is not safe to be asked at either: the person is called first. */
function atHome(one: Contact): Way {
  const address = one.address === '' ? 'No address is known' : one.address;
  return {
    stop: one.notCall && `Do not visit. ${one.notCall}`,
    ways: [
      one.address === '' || one.addressSafe ? address : `Not a safe address for letters: call first. ${address}`,
      phoneOf(one),
    ],
  };
}
