import { londonDay, shortDay } from '../../policy/calendar/day.ts';
import { schoolCalendar, schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import { roleTitles } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { SchoolPlan } from '../../policy/school/school-plan.ts';
import type { Db, Tx } from '../../prisma/client.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { packShown } from '../../prisma/packs.ts';
import { keepAccounts } from './keep-accounts.ts';
import { keepCalendar } from './keep-calendar.ts';
import { keepAuthority, keepItself, keepTrust } from './keep-places.ts';

/** What was changed, in words (nothing if all was so already), and what is still to be done. */
export type SetUp = { changes: string[]; notes: string[] };

/**
 * Makes a school, its authority, calendar and accounts as a plan says, or changes what differs: all of it, or nothing. The
 * same plan again changes nothing.
 * @throws Refusal when the plan would mix what must stay apart, or names a policy pack or an account that it cannot have.
 */
export const setUpSchool = (db: Db, plan: SchoolPlan, now: number = Date.now()): Promise<SetUp> =>
  db.$transaction(
    async (tx) => {
      // Two at once would both find an account missing.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('setting up schools'))`;
      await refuseMixing(tx, plan);
      const { pack } = await packShown(tx, plan.packId, plan.practice?.today ?? londonDay(now));
      const changes = [
        ...(await keepAuthority(tx, plan.authority)),
        ...(await keepTrust(tx, plan.trust)),
        ...(await keepItself(tx, plan)),
        ...(await keepCalendar(tx, plan)),
        ...(await keepAccounts(tx, plan)),
      ];
      return { changes, notes: await notesOn(tx, plan, pack, now) };
    },
    { timeout: 60_000, maxWait: 20_000 },
  );

/** Made-up children and real ones, and a password that everybody knows and the records of real ones, stay apart. */
async function refuseMixing(tx: Tx, { id, practice, authority, staff }: SchoolPlan): Promise<void> {
  const no = (message: string) => {
    throw new Refusal('NotAllowed', message);
  };
  const kept = await tx.school.findUnique({ where: { id } });
  if (kept && kept.training !== (practice !== null))
    no(`${id} is a ${kept.training ? 'practice' : 'real'} school and stays one: set the other up under another id`);
  if (kept && kept.seed !== (practice?.seed ?? null))
    no(`${id} is the training school that Firstbell makes by itself: set yours up under another id`);
  const authorityId = authority.id;
  if (practice === null && (await tx.user.count({ where: { authorityId, demo: true } })) > 0)
    no(
      `Accounts of ${authorityId} have the demo password, which everybody knows: give the authority of a real school another id`,
    );
  const officers = staff.some(({ at, active }) => at === 'authority' && active);
  if (practice?.demo && officers && (await tx.school.count({ where: { authorityId, training: false } })) > 0)
    no(
      `${authorityId} has a real school, so nobody there may have the demo password: give the practice school an authority of its own`,
    );
}

async function notesOn(tx: Tx, plan: SchoolPlan, pack: Pack, now: number): Promise<string[]> {
  const { today } = await tx.school.findUniqueOrThrow({ where: { id: plan.id } });
  const on = today ? dayOf(today) : londonDay(now);
  const calendar = schoolCalendar(plan.periods);
  const last = calendar.days.at(-1) ?? on;
  const asked = [...new Set(Object.values(pack.people).map(({ role }) => role))];
  const active = plan.staff.filter((member) => member.active);
  const nobody = asked.filter((role) => !active.some((member) => member.role === role));
  const without = await tx.user.count({
    where: { active: true, passwordHash: null, email: { in: active.map(({ email }) => email) } },
  });
  return [
    ...(plan.practice && plan.practice.today > on ? [`The clock stays at ${shortDay(on)}: only walking moves it`] : []),
    ...nobody.map(
      (role) => `Nobody has the role ${role} (${roleTitles[role]}), whom the policy asks: add an account to the file`,
    ),
    ...(pack['in force'].from > on
      ? [`The policy is in force from ${shortDay(pack['in force'].from)}: until then no case opens`]
      : []),
    ...(schoolDaysBetween(calendar, on, last).length < 40
      ? [`The calendar ends on ${shortDay(last)}: add the next terms, as cases count school days ahead`]
      : []),
    ...(without > 0
      ? [`${without === 1 ? 'An account has' : `${without} accounts have`} no password yet: firstbell password EMAIL sets one`]
      : []),
  ];
}
