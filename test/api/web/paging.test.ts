import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changedProposals } from '../../../activities/matter/keep-proposals.ts';
import { upserted, writeRows } from '../../../prisma/write-rows.ts';
import { type Machine, machine } from '../../support/callers.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

let schools: TwoSchools;
let lead: Machine;
const ids = Array.from({ length: 120 }, (_, i) => `1-${String(i).padStart(3, '0')}`);
const nobody = randomUUID();

/** A hundred and twenty proposals for the lead of a school, all due on one day. */
async function proposalsAt(schoolId: string): Promise<void> {
  const { db } = schools;
  const day = new Date('2026-10-12');
  const pupil = await db.pupil.create({
    data: {
      ...{ schoolId, admissionNo: '1', upn: 'A1', legalName: 'Zoë Ashworth', chosenName: 'Zoë Ashworth', born: day },
      ...{ yearGroup: 9, className: '9B', onRollFrom: day },
    },
  });
  const body = { action: { what: 'meeting' }, reminded: false };
  const proposal = { schoolId, pupilId: pupil.id, version: 1, action: 'meeting', role: 'sal', body, dueOn: day, madeOn: day };
  const matter = { matterId: randomUUID(), matterKind: 'case', sentence: 'Because', status: 'open' };
  await db.proposal.createMany({ data: ids.map((key) => ({ ...proposal, ...matter, id: `${schoolId}:${key}`, key })) });
}

beforeAll(async () => {
  schools = await twoSchools();
  lead = machine(schools.app, await schools.tokenFor('sal'));
  await proposalsAt('a');
  await proposalsAt('b');
});
afterAll(() => schools.close());

const pageAfter = async (after: string | null) => {
  const { body } = await lead.get(`/api/v1/proposals${after === null ? '' : `?after=${after}`}`).expect(200);
  return { keys: body.rows.map(({ key }: { key: string }) => key) as string[], next: body.next as string | null };
};

/** The whole list, page by page. */
async function walked(): Promise<string[][]> {
  const seen: string[][] = [];
  let next: string | null = null;
  do {
    const page = await pageAfter(next);
    seen.push(page.keys);
    next = page.next;
  } while (next !== null);
  return seen;
}

describe('a list in pages', () => {
  it('is walked from end to end, each row once', async () => {
    const seen = await walked();
    expect(seen.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(seen.flat()).toEqual(ids);
  });

  it('begins with what is due by the clock, the earliest first, and then what has all day', async () => {
    const of = {
      ...{ matterId: `f${randomUUID().slice(1)}`, matterKind: 'case' as const, schoolId: 'a', authorityId: null },
      className: null,
    };
    const { id: pupilId } = await schools.db.pupil.findFirstOrThrow({ where: { schoolId: 'a' } });
    const due = (key: string, dueAt: string) => ({
      ...{ key, version: 1, action: { what: 'call' }, role: 'sal', alsoRole: null, sentence: 'Because', status: 'open', dueAt },
      ...{ due: '2026-10-12', heldUntil: null, madeOn: '2026-10-12', reminded: false, script: 'how-can-we-help' },
    });
    const after = { visit: due('2-visit', '11:00'), call: due('3-call', '09:30') };
    const rows = changedProposals({ ...of, pupilId }, { before: {}, after });
    await schools.db.$transaction((tx) => writeRows(tx, [upserted('proposal', rows)]));
    expect((await walked()).flat()).toEqual(['3-call', '2-visit', ...ids]);
    await schools.db.proposal.deleteMany({ where: { matterId: of.matterId } });
  });

  it('loses nothing when the row that a page begins after was decided meanwhile', async () => {
    const { next } = await pageAfter(null);
    await schools.db.proposal.update({ where: { id: next ?? '' }, data: { status: 'decided' } });
    expect((await pageAfter(next)).keys).toEqual(ids.slice(50, 100));
    await schools.db.proposal.update({ where: { id: next ?? '' }, data: { status: 'open' } });
  });

  it('ends without another page when it ends with one', async () => {
    await schools.db.proposal.updateMany({ where: { schoolId: 'a', key: { in: ids.slice(100) } }, data: { status: 'decided' } });
    const { next } = await pageAfter(null);
    const last = await pageAfter(next);
    expect([last.keys.length, last.next]).toEqual([50, null]);
  });

  it.each([
    ['proposals', 'nothing-of-that-name'],
    ['proposals', 'b:1-001'],
    ['cases', nobody],
    ['letters', nobody],
    ['referrals', nobody],
    ['imports', nobody],
    ['register/pupils', nobody],
    ['cases', 'no-id-at-all'],
  ])('of %s that begins after %s is refused, by the API and by the page', async (list, after) => {
    const reply = await lead.get(`/api/v1/${list}?after=${after}`);
    expect([reply.status, reply.type]).toEqual([422, 'application/problem+json']);
    expect(reply.body.detail).toMatch(/not in this list|not a place in this list/);
    if (list === 'register/pupils') return;
    const page = await (await schools.signedIn('sal')).get(`/${list === 'proposals' ? 'inbox' : list}?after=${after}`);
    expect([page.status, page.type]).toEqual([422, 'text/html']);
  });
});
