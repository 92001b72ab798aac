import { type Day, longDay } from '../../policy/calendar/day.ts';
import { lawInWords, statusInWords } from '../../policy/law/in-words.ts';
import { ruleSetOn } from '../../policy/law/rule-sets.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Ctx, View } from '../web/route.ts';

/** The rules that no policy changes, as they were in force on a day, each with its source and how sure we are of it. */
export async function lawView({ deps, user, at, query }: Ctx<unknown, { on?: Day | undefined }>): Promise<View> {
  const on = query.on ?? todayAt(await schoolOf(deps.db, { schoolId: user.schoolId }), at);
  const { title, rules } = ruleSetOn(on);
  const shown = lawInWords(rules).map((rule) => ({ ...rule, status: statusInWords[rule.status] }));
  return { template: 'policies/law.njk', model: { title, on, onInWords: longDay(on), rules: shown } };
}
