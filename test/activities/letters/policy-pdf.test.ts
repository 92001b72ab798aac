import { expect, it } from '@jest/globals';
import { policyPdf } from '../../../activities/letters/pdf.ts';
import { head, list, say } from '../../../policy/letters/block.ts';
import type { PolicyPaper } from '../../../policy/pack/policy-paper.ts';

const paper: PolicyPaper = {
  ...{ title: 'A policy *of* #ours', from: 'Oakbridge School', inForce: '2026-09-01' },
  blocks: [say('In force'), head('Step 1: Call'), list('A call, within 2 school days')],
  drawing: {
    svg: '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30" viewBox="0 0 80 30" font-family="Arial, Noto Sans"><text x="2" y="20">Call</text></svg>',
    alt: 'The steps: Call',
  },
};

it('a policy on paper is an accessible PDF of two pages: tagged, with a title, and its drawing in words', () => {
  const file = Buffer.from(policyPdf(paper)).toString('latin1');
  expect(file).toMatch(/^%PDF-1\.7/);
  expect(file).toMatch(/<pdfuaid:part>1</);
  expect(file).toMatch(/\/Marked true/);
  expect(file).toMatch(/\/Count 2\b/);
  expect(file).toContain('A policy *of* #ours');
});

it('the same policy gives the same bytes', () => {
  expect(Buffer.compare(policyPdf(paper), policyPdf(structuredClone(paper)))).toBe(0);
});
