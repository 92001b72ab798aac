import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, type Day } from '../../policy/calendar/day.ts';
import { schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { choices, type Proposal } from '../../policy/case/proposal.ts';
import { readPack } from '../../policy/pack/read.ts';
import type { ReferralCircumstances } from '../../policy/referral/circumstances.ts';
import type { ReferralEvent } from '../../policy/referral/event.ts';
import { outcomeFor } from '../../policy/referral/outcome.ts';
import type { ReferralProposal } from '../../policy/referral/proposal.ts';
import type { ReferralState } from '../../policy/referral/state.ts';
import { authorityWho, usual } from '../../policy/simulate/assumptions.ts';
import { agreed, declined, type People } from '../../policy/simulate/people.ts';
import { atAuthority, atSchool, storyOf } from '../../policy/simulate/story.ts';
import { staff } from '../../policy/training/staff.ts';
import { registerBegins } from '../../policy/training/timetable.ts';
import { national } from '../../prisma/authority-profiles.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { keepPack } from '../../prisma/packs.ts';
import { bothWays, calendar, type Life, marksOf, saidUntilTaken, simulatedPupil, told } from '../support/both-ways.ts';
import { aSchool, until } from '../support/school.ts';
import { textId } from '../support/told-referral.ts';

const [today, lastDay] = ['2026-09-25', '2026-10-09'];
const days = schoolDaysBetween(calendar, registerBegins, lastDay);

/** What a pupil's people say: most agree; some of them decline letters, and with some a call reaches nobody. */
const peopleOf =
  (i: number): People =>
  (proposal, cal, on) => {
    const { what } = proposal.action;
    if (what === 'letter' && i % 7 === 3) return { after: 0, decision: declined };
    if (what === 'call' && i % 5 === 1) return { after: 0, decision: { choice: 'called', reached: false, offers: [] } };
    return { after: 0, decision: agreed(proposal, cal, on) };
  };

/** Fifty pupils with spells of absence, one more than the other: from a number, always the same. */
const lives: Record<string, Life> = Object.fromEntries(
  Array.from({ length: 50 }, (_, i) => {
    const absent = days.filter(
      (_day, k) => (k * 7 + i * 3) % (6 + (i % 9)) < (i % 3 === 0 ? 1 : 0) || (i % 5 === 0 && k > 8 && k < 9 + (i % 7)),
    );
    const codes = Object.fromEntries(absent.map((day) => [day, i % 2 === 0 ? 'I' : 'O']));
    return [`p${String(i).padStart(2, '0')}`, { absent: codes, says: peopleOf(i) }];
  }),
);

describe('fifty pupils of a training school, through the engine and through the simulator', () => {
  let ways: Awaited<ReturnType<typeof bothWays>>;
  beforeAll(async () => {
    ways = await bothWays({ packId: 'gloucestershire', lives, today, lastDay });
  });
  afterAll(() => ways.end());

  it('have the same events, each on the same day', async () => {
    await ways.walk();
    let compared = 0;
    for (const name of Object.keys(lives)) {
      const { really, simulated } = await ways.both(name);
      expect([name, ...simulated]).toEqual([name, ...really]);
      compared += really.length;
    }
    expect(compared).toBeGreaterThan(200);
    const types = await ways.school.db.ledgerEvent.findMany({ distinct: ['type'], select: { type: true } });
    expect(types.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['decided', 'step put back', 'called', 'letters approved']),
    );
  });
});

describe('three pupils whom the school refers, through the engine and through the simulator', () => {
  const lastDay = '2026-10-09';
  const away = ['2026-09-28', '2026-09-29', '2026-09-30', '2026-10-01', '2026-10-02'];
  const coded = (code: string) => Object.fromEntries(away.map((day) => [day, code]));
  const pupils: Record<string, Record<string, string>> = { contract: coded('O'), notice: coded('O'), leave: coded('G') };
  /** A policy under which whoever is below 80% is referred at once. */
  const text = readFileSync(new URL('../../policy/packs/gloucestershire.yaml', import.meta.url), 'utf8')
    .replace(/^opens:.*\n( .*\n)+/m, 'opens:\n  - { when: { attendance: { below: "80%" } }, stage: referral }\n')
    .replace(
      '- { when: { attendance: { below: "96%" } }, go: letter 1 }\n      - { when: { attendance: { at most: "96%" } }, go: concern }',
      '- { when: { attendance: { below: "80%" } }, go: referral }',
    );
  /** Who signs a contract and does not keep to it; who has a notice to improve; who pays for leave taken in term time. */
  const there = {
    ...usual.authority,
    accepts: 100,
    'weeks of contract': 1,
    signed: 100,
    kept: 0,
    authorised: 100,
    paid: 100,
    'pays after': 1,
  };
  const atOnce = { ...usual, decidesAfter: { otherwise: 0 }, comes: 100 };
  const peopleThere = (name: string) =>
    authorityWho({ ...atOnce, authority: { ...there, contract: name === 'contract' ? 100 : 0 } }, name);
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today, pupils });
    await keepPack(school.db, text, 'gloucestershire');
    await school.db.writtenText.create({ data: { id: textId, byUser: 'ewo', body: { text: 'As is assumed' } } });
  });
  afterAll(() => school.end());

  const ledgerOf = async (matterId: string) => school.db.ledgerEvent.findMany({ where: { matterId }, orderBy: { seq: 'asc' } });
  const by = (role: Proposal['role']) => ({ id: staff.find((one) => one.role === role)?.id ?? '', role });

  /** Whom the case's ledger has heard what, of all that its referral tells. */
  const allHeard = async (caseId: string, referralId: string) => {
    const tells = (await ledgerOf(referralId)).filter(({ type, body }) =>
      outcomeFor({ type, ...(body as object) } as ReferralEvent),
    );
    return (await ledgerOf(caseId)).filter(({ type }) => type === 'referral outcome').length >= tells.length;
  };

  async function everybodyAnswers(name: string, on: Day): Promise<void> {
    const pupilId = school.idOf(name);
    for (;;) {
      const referral = await school.db.referral.findFirst({ where: { pupilId } });
      if (referral) await until(() => allHeard(referral.caseId, referral.id));
      // Whoever is asked at school answers before the authority goes on.
      const orderBy = [{ matterKind: 'asc' }, { key: 'asc' }] as const;
      const open = await school.db.proposal.findMany({ where: { pupilId, status: 'open' }, orderBy: [...orderBy] });
      const decisions = await Promise.all(open.map((row) => answerTo(name, row, on)));
      const at = decisions.findIndex((decision) => decision !== null);
      const [row, decision] = [open[at], decisions[at]];
      if (!row || !decision) break;
      const { key: proposal, version, role } = row.body as unknown as Proposal;
      const input = { key: proposal, kind: 'decision' as const, by: by(role), proposal, version, decision };
      await saidUntilTaken(() => school.matters.decide({ kind: row.matterKind, matterId: row.matterId, input } as never));
      await lettersGo(name);
    }
    await payWhatIsDue(name, on);
  }

  /** By e-mail at once, and what waits to be printed is posted the same day. */
  async function lettersGo(name: string): Promise<void> {
    const stillHere = async () => (await school.lettersOf(name)).filter(({ status }) => status !== 'sent' && status !== 'posted');
    if ((await stillHere()).length === 0) return;
    await school.release(name);
    await until(async () => (await stillHere()).every(({ status }) => status === 'to-print'));
    for (const { id: letterId } of await stillHere())
      await school.matters.settleLetter({ letterId, how: 'posted', by: by('ewo').id, role: 'ewo' });
    await until(async () => (await stillHere()).length === 0);
  }

  async function answerTo(name: string, row: { matterKind: string; matterId: string; body: unknown }, on: Day) {
    const proposal = row.body as Proposal;
    if (row.matterKind === 'case') {
      const decision = agreed(proposal, calendar, on);
      return choices[proposal.action.what].includes(decision.choice) ? decision : null;
    }
    const { state } = await school.db.referral.findUniqueOrThrow({ where: { id: row.matterId } });
    const links = await school.db.pupilContact.findMany({ where: { pupilId: school.idOf(name) }, orderBy: { priority: 'asc' } });
    const parents = links.map(({ contactId }) => ({
      contactId,
      may: true,
      because: null,
      channel: 'email' as const,
      priorNotices: [],
    }));
    const marks = marksOf(pupils[name] ?? {}, lastDay).filter((mark) => mark.on <= on);
    const pupil = { born: '2013-01-15', onRollTo: null };
    const c = { on, calendar, marks, parents, pupil, authority: national } as unknown as ReferralCircumstances;
    const asked = { proposal: proposal as unknown as ReferralProposal, state: state as unknown as ReferralState, c };
    return peopleThere(name).reply(asked)?.decisions()[0] ?? null;
  }

  async function payWhatIsDue(name: string, on: Day): Promise<void> {
    for (const notice of await school.db.penaltyNotice.findMany({ where: { pupilId: school.idOf(name), status: 'issued' } })) {
      const paidOn = addDays(dayOf(notice.servedOn), there['pays after']);
      if (paidOn > on) continue;
      const input = {
        key: `paid:${notice.id}`,
        kind: 'payment',
        by: by('ewo'),
        noticeId: notice.id,
        paidOn,
        pence: 8_000,
      } as const;
      await school.matters.decide({ kind: 'referral', matterId: notice.referralId, input });
      await everybodyAnswers(name, on);
    }
  }

  it('have the same referrals, each thing on the same day, and their cases hear the same', async () => {
    for (let day = addDays(today, 1); day <= lastDay; day = addDays(day, 1)) {
      if (!days.includes(day)) continue;
      await school.stepTo(day);
      for (const name of Object.keys(pupils)) await everybodyAnswers(name, day);
    }
    const pack = readPack(text, 'gloucestershire');
    const people: People = (proposal, cal, on) => ({ after: 0, decision: agreed(proposal, cal, on) });
    for (const name of Object.keys(pupils)) {
      const { id, caseId } = await school.db.referral.findFirstOrThrow({ where: { pupilId: school.idOf(name) } });
      const really = [
        ...(await ledgerOf(caseId)).flatMap((row) =>
          told(dayOf(row.onDay), { type: row.type, ...(row.body as object) } as CaseEvent),
        ),
        ...(await ledgerOf(id)).flatMap((row) =>
          toldThere(dayOf(row.onDay), { type: row.type, ...(row.body as object) } as ReferralEvent),
        ),
      ];
      const authority = { profile: national, people: peopleThere(name) };
      const simulated = storyOf(simulatedPupil(name, { absent: pupils[name] ?? {} }, lastDay), {
        pack,
        calendar,
        people,
        authority,
        from: today,
        until: lastDay,
      });
      expect([name, ...really]).toEqual([
        name,
        ...atSchool(simulated).flatMap(({ on, event }) => told(on, event)),
        ...atAuthority(simulated).flatMap(({ on, event }) => toldThere(on, event)),
      ]);
      expect(JSON.stringify(really)).toContain(happens[name] ?? '');
    }
  });

  const happens: Record<string, string> = {
    ...{ contract: 'contract reviewed', notice: 'notice to improve issued', leave: 'penalty notice paid' },
  };

  /** What of an event both have: all but ids. */
  function toldThere(on: Day, event: ReferralEvent): string[] {
    const line = (...parts: unknown[]) => [[on, event.type, ...parts].join(' | ')];
    switch (event.type) {
      case 'opened':
      case 'letter outcome':
        return [];
      case 'proposed': {
        const { key, action, person, sentence, due, remindOn } = event.proposal;
        return line(key, action.what, person, sentence, due, remindOn);
      }
      case 'tool decided':
        return line(event.key, event.tool, event.support);
      case 'contract agreed':
        return line(event.agreedOn, event.until, event.reviews);
      case 'notice to improve issued':
        return line(event.from, event.until, event.judgedOn, event.target, event.sessions);
      case 'penalty notice issued':
        return line(event.order, event.servedOn, event.discountUntil, event.fullUntil, event.sessions);
      case 'penalty notice paid':
        return line(event.paidOn, event.pence);
      default:
        return line('key' in event ? event.key : '');
    }
  }
});
