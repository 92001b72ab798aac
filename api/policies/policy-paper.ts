import { type Block, head, list, say } from '../../policy/letters/block.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import type { Download } from '../web/route.ts';
import { render } from '../web/views.ts';
import { type Asked, type PolicyModel, policyModel } from './policy-view.ts';

/** A policy as a PDF, to print or to hand on. It says what the page says. */
export async function policyPdf(asked: Asked): Promise<Download> {
  const { deps, user } = asked;
  const model = await policyModel(asked);
  const { name: from } = await schoolOf(deps.db, { schoolId: user.schoolId });
  const { paper } = model.drawings;
  const drawing = {
    svg: render('policies/drawing/alone.njk', { d: paper }).trim(),
    alt: `${paper.title}. ${model.stages.map(({ name }) => name).join(', ')}. All of it is said in words as well.`,
  };
  const content = deps.policyPdf({ title: model.title, from, blocks: blocksOf(model), drawing, inForce: model.inForceFrom });
  return { file: `${model.id}.pdf`, type: 'application/pdf', content };
}

function blocksOf(model: PolicyModel): Block[] {
  const { staff, own, inForce, version, source } = model;
  const from = `${own ? 'Your school’s policy, in' : 'In'} force from ${inForce}.`;
  return [
    say(staff ? `${from} Version ${version}, after: ${source}.` : from),
    ...section('What makes a case', model.opens),
    ...model.stages.flatMap((stage, i) => stageBlocks(stage, i, staff)),
    ...[head('When it ends'), ...model.ends.map((says) => say(says))],
    ...section('At any time, whatever the steps do', model.rules),
    ...model.arranged.flatMap(({ title, says }) => section(title, says)),
    ...section('Bands of attendance', model.bands.map(named)),
    ...section('Leave in term time', model.leave),
    ...section('Well done', model.rewards.map(named)),
    ...section('Who acts', model.people.map(named)),
    ...section('Reviews', model.reviews.map(named)),
    ...section('Good to know', model.advice),
    ...section('Where the law decides', model.overridden),
    ...section('What the linter says', model.findings),
  ];
}

const section = (title: string, items: readonly string[]): Block[] => (items.length === 0 ? [] : [head(title), list(...items)]);

const stageBlocks = (stage: PolicyModel['stages'][number], i: number, staff: boolean): Block[] => {
  const { name, says, source, does, stands, waits, again, next } = stage;
  return [
    head(`Step ${i + 1}: ${name}`),
    say(`${says}.`),
    ...(staff ? [say(`Where the document says so: ${source}.`)] : []),
    ...(does.length === 0 ? [] : [list(...does)]),
    ...(stands === null ? [] : [say(`${stands}.`)]),
    ...(waits === null ? [] : [say(`Then we wait: ${waits}.`)]),
    ...(again === null ? [] : [say(`${again}.`)]),
    ...(next.length === 0 ? [] : [say('What comes next:'), list(...next)]),
  ];
};

const named = ({ name, says }: { name: string; says: string }): string => `${name}: ${says}`;
