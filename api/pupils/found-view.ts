import { longDay } from '../../policy/calendar/day.ts';
import { dayOrNull } from '../../prisma/day-column.ts';
import { waitingAbout } from '../../prisma/proposals.ts';
import { pupilsWithCases, type WithCases } from '../../prisma/pupils.ts';
import { pupilsMeant } from '../../prisma/pupils-meant.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import { asReader } from '../away/decides-for.ts';
import { proposalRow } from '../inbox/facts.ts';
import { addressesOf } from '../inbox/inbox-rows.ts';
import { canHaveCase, mayOpenCase } from '../register/may-open-case.ts';
import type { Ctx, View } from '../web/route.ts';

const most = 20;

type Link = { text: string; href: string };

/** Who answers to what was typed: each with the register and the case, or the referral, and with what waits for the reader. */
export async function foundView(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, name: string): Promise<View> {
  const { deps, user } = ctx;
  const reader = await asReader(ctx);
  const found = await pupilsMeant(deps.db, reader, name);
  const ids = found.slice(0, most).map(({ id }) => id);
  const shown = await pupilsWithCases(deps.db, ids);
  const [called, waiting] = [await toldApart(deps.db, ids), await waitingAbout(deps.db, reader, ids)];
  const opens = await opensCases(ctx, shown[0]);
  const row = (pupil: WithCases) => ({
    name: called({ id: pupil.id, name: pupil.chosenName }),
    where: user.schoolId === null ? `${pupil.className}, ${pupil.school.name}` : `Class ${pupil.className}`,
    left: pupil.onRollTo && `On the roll until ${longDay(dayOrNull(pupil.onRollTo) ?? '')}`,
    links: user.schoolId === null ? referralsOf(pupil, user.authorityId) : [...linksOf(pupil), ...opens(pupil)],
    waiting: waiting
      .filter(({ pupilId }) => pupilId === pupil.id)
      .map((one) => ({ text: proposalRow(one, reader).asked, href: addressesOf(one, user.role).href })),
  });
  return {
    template: 'pupils/found.njk',
    model: { name, atSchool: user.schoolId !== null, rows: shown.map(row), more: found.length - shown.length },
  };
}

/** Where a case is opened for a concern, of those pupils of the reader's school for whom the reader can. */
async function opensCases({ deps, user, at }: Pick<Ctx, 'deps' | 'user' | 'at'>, any: WithCases | undefined) {
  if (user.schoolId === null || !any) return () => [];
  const { packId } = any.school;
  const on = todayAt(any.school, at);
  const may = await mayOpenCase(deps.db, { role: user.role, packId, on });
  return ({ id, cases, onRollTo }: WithCases): Link[] =>
    may && canHaveCase({ cases, onRollTo: dayOrNull(onRollTo) }, on)
      ? [{ text: 'Open a case for a concern', href: `/register/${id}#open-a-case` }]
      : [];
}

const linksOf = ({ id, cases: [newest] }: WithCases): Link[] => [
  { text: 'Register and figures', href: `/register/${id}` },
  ...(newest
    ? [{ text: `${newest.status === 'open' ? 'Case' : 'Last case'}: ${newest.headline}`, href: `/cases/${newest.id}` }]
    : []),
];

const referralsOf = ({ cases }: WithCases, authorityId: string | null): Link[] =>
  cases
    .flatMap(({ referrals }) => referrals)
    .filter((one) => one.authorityId === authorityId)
    .map(({ id, headline }) => ({ text: `Referral: ${headline}`, href: `/referrals/${id}` }));
