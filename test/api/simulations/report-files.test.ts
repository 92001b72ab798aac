import { describe, expect, it } from '@jest/globals';
import { type Table, tables } from '../../../api/simulations/report-csv.ts';
import { csvFile, htmlFile, jsonFile } from '../../../api/simulations/report-files.ts';
import type { ReportShown } from '../../../policy/simulate/report.ts';
import { aSimulation } from '../../support/a-simulation.ts';

/** What two policies did at a school of so many pupils, of whom one had a case under each; they part in two ways for three of them. */
function reportOf(pupils: number): ReportShown {
  const [one] = aSimulation.report.outcomes;
  if (!one) throw new Error('The simulation has no outcome');
  const counted = { ...one, pupils, cases: 1, pupilsWithCase: 1, groups: [], daysToHelp: { cases: 1, helped: 0, median: null } };
  const parting = (pupil: string, a: string) => ({ pupil, on: '2026-09-14', a, b: null });
  return {
    ...aSimulation.report,
    outcomes: [counted, { ...counted, policy: 'demat', title: 'Another policy' }],
    differences: [parting('1001', 'A call'), parting('1002', 'A call'), parting('1003', 'A letter')],
  };
}
const files = async (pupils: number) => {
  const report = reportOf(pupils);
  return { html: await htmlFile(report), csv: csvFile(report, 'weeks'), json: JSON.parse(String(jsonFile(report).content)) };
};

describe('the files of a simulation', () => {
  it('hide every number of a school of four: somebody could be known by each', async () => {
    const { html, csv, json } = await files(4);
    expect([html.file, csv.file]).toEqual([
      'simulation-2026-27-gloucestershire-demat.html',
      'simulation-2026-27-gloucestershire-demat.csv',
    ]);
    expect(html.content).toContain('The school had fewer than 5 pupils');
    for (const said of ['A policy', 'Another policy']) expect(html.content).toContain(said);
    expect(html.content).not.toMatch(/<table|<img|of 4 pupils|1001|too few hours/);
    expect(String(csv.content).split('\n')).toHaveLength(1);
    expect(json).toMatchObject({ tooSmall: true, outcomes: [], differences: [], year: '2026/27' });
    expect(JSON.stringify(json)).not.toContain('1001');
  });

  it('have the numbers of a school of five, and hide in them what only a few share', async () => {
    const { html, csv, json } = await files(5);
    expect(html.content).toContain('A policy: 1 of 5 pupils with a case');
    expect(html.content).toContain('2 other ways, each for fewer than 5</td><td class="n">fewer than 5<');
    expect(html.content).toContain('No group is large enough to be shown');
    expect(String(csv.content).split('\n')).toHaveLength(5);
    expect(html.content).toContain('No help reached a family, in 1 case');
    expect(html.content).toContain('Cases that no help reached</th><td class="n">1 of 1<');
    expect(json).toMatchObject({ tooSmall: false, outcomes: [{ pupils: 5, pupilsWithCase: 1 }, { pupils: 5 }] });
  });

  it('have roles, groups, help and differences as tables of their own, which are empty of a school of four', () => {
    const report = reportOf(300);
    const [one, other] = report.outcomes;
    if (!one || !other) throw new Error('It has two policies');
    one.daysToHelp = { cases: 12, helped: 9, median: 4 };
    const lines = (table: Table, of = report) => String(csvFile(of, table).content).split('\n');
    expect(csvFile(report, 'work').file).toBe('simulation-2026-27-gloucestershire-demat-work.csv');
    expect(lines('work')[1]).toBe('gloucestershire,2026-09-14,Senior attendance lead,9,0,10');
    expect(lines('help')).toEqual([
      'policy,cases,helped,never helped,days to the first help (median)',
      ...['gloucestershire,12,9,3,4', 'demat,1,0,1,'],
    ]);
    one.groups = [{ group: 'ehcp', pupils: '12', withCase: 'fewer than 5', letters: '0', referrals: '0' }];
    expect(lines('groups')).toEqual([
      'policy,group,pupils,with a case,with a letter,referred',
      'gloucestershire,"Education, health and care plan",12,fewer than 5,0,0',
    ]);
    expect(lines('differences')).toEqual([
      'pupil,day,gloucestershire,demat',
      '1001,2026-09-14,A call,',
      '1002,2026-09-14,A call,',
      '1003,2026-09-14,A letter,',
    ]);
    for (const table of tables) expect(lines(table, reportOf(4))).toHaveLength(1);
  });
});
