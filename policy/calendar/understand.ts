import { cut } from '../cut.ts';
import { isBankHoliday } from './bank-holidays.ts';
import { addDays, type Day, daysBetween, shortDay, weekday } from './day.ts';
import { datesWords, kindNames, type Period, type PeriodKind, periodWords } from './period.ts';
import { schoolYearStart } from './school-calendar.ts';

/** An event of a calendar that other people keep. `hours` is how long it lasts if it has a time of day; null if it is of whole days. */
export type CalendarEvent = { at: string; summary: string; from: Day; to: Day; hours: number | null };

/** How one row or event of a file was understood: the period it means; or why none is taken of it. */
export type Understood = { at: string; says: string; period: Period | null; why: string | null };

type Guess = { kind: PeriodKind | 'holiday' | 'bank holiday' } | { begins: boolean } | { why: string };

/**
 * What the events of somebody's calendar mean to a school's: guessed from their words, as nothing else tells. What is not sure is
 * not taken, and says why. `terms` are those known already; what ended before `since` is over.
 */
export function understand(events: readonly CalendarEvent[], terms: readonly Period[], since: Day): Understood[] {
  const guessed = events.map((event) => ({ event, guess: event.to < since ? over : guessOf(event) }));
  const pairs = pairedTerms(guessed);
  const found = new Map<CalendarEvent, Period>();
  const reasons = new Map<CalendarEvent, string>();
  for (const { event, guess } of guessed) {
    if ('why' in guess) reasons.set(event, guess.why);
    else if ('begins' in guess) {
      const term = pairs.get(event);
      if (term && guess.begins) found.set(event, term);
      else reasons.set(event, term ? 'It is the end of the term above' : 'Its other end was not found: put the term in by hand');
    } else if (guess.kind === 'term') found.set(event, periodOf(event, 'term'));
  }
  const all = [...terms, ...found.values()];
  for (const { event, guess } of guessed)
    if ('kind' in guess && guess.kind !== 'term') settle(event, guess.kind, all, found, reasons);
  onlyOnce(found, reasons);
  return events.map((event) => {
    const period = found.get(event) ?? null;
    const says = `“${event.summary}” ${datesWords(event)}`;
    return { at: event.at, says: period ? `${says}: ${meaning(event, period)}` : says, period, why: reasons.get(event) ?? null };
  });
}

/** Its kind alone, where all else is as the event has it. */
const meaning = ({ summary, from, to }: CalendarEvent, period: Period): string =>
  period.label === summary && period.from === from && period.to === to ? kindNames[period.kind] : periodWords(period);

const over: Guess = { why: 'It is over: this school year and later ones are taken' };
const unknown: Guess = { why: 'Its words do not say that it is a term, a half-term, INSET or a closure' };

const periodOf = ({ summary, from, to }: CalendarEvent, kind: PeriodKind): Period => ({
  kind,
  from,
  to,
  label: cut(summary, 80),
});

/** Words of what happens at a school besides: an evening about the half-term is none. */
const besides =
  /\b(clubs?|camp|parents?|evening|meeting|exams?|assessments?|homework|trip|fair|disco|photos?|clinic|reports?|course|assembly|concert|performance|fixture|deadline|menu|payments?)\b/;
const inset =
  /\b(inset|in[- ]service|(staff|teachers?'?|teacher) (training|development)|training days?|professional development|cpd|pd days?|non[- ]pupil days?)\b/;
const bankHoliday =
  /\bbank holiday|\bgood friday\b|\beaster monday\b|\bchristmas day\b|\bboxing day\b|\bnew year'?s day\b|\bmay day\b/;
const begins = /\b(begins?|starts?|start|first day|opens?|commences?|returns?|back to school)\b/;
const ends = /\b(ends?|end of|finish(es)?|last day|breaks? up|closes?)\b/;
const closure =
  /\b((school|academy|college|site|building) (is |will be )?closed|closed to|closure|snow day|polling (day|station))\b/;

/** A term of fewer days is something else that is called so. */
const shortestTerm = 14;
const longestHalfTerm = 16;

/** What the words of one event say. */
function guessOf({ summary, from, to, hours }: CalendarEvent): Guess {
  const words = summary.toLowerCase().replaceAll('’', "'").replaceAll(/[–—]/g, '-');
  const days = daysBetween(from, to) + 1;
  if (besides.test(words)) return unknown;
  const halfTerm = /\bhalf[- ]?term\b/.test(words);
  const [first, last] = [begins.test(words), ends.test(words)];
  if (/\bterm\b/.test(words) && !halfTerm && days <= 2 && first !== last) return { begins: first };
  if (hours !== null && hours < 5) return { why: 'It lasts a few hours: only whole days are taken' };
  if (inset.test(words)) return { kind: 'inset' };
  if (bankHoliday.test(words) && days <= 4) return { kind: 'bank holiday' };
  if (halfTerm && days >= 3 && days <= longestHalfTerm) return { kind: 'half-term' };
  if (halfTerm) return { why: 'It is no week or two: put the half-term in by hand, if it is one' };
  if (closure.test(words)) return { kind: 'closure' };
  if (/\bterm\b/.test(words)) return days >= shortestTerm ? { kind: 'term' } : { why: 'It is shorter than a term' };
  if (/\b(holidays?|vacation|break)\b/.test(words) && days >= 3) return { kind: 'holiday' };
  return unknown;
}

/** Joins each day on which a term begins with the next on which one ends, if no other begins in between. */
function pairedTerms(guessed: readonly { event: CalendarEvent; guess: Guess }[]): Map<CalendarEvent, Period> {
  const marks = guessed.flatMap(({ event, guess }) => ('begins' in guess ? [{ event, begins: guess.begins }] : []));
  marks.sort((a, b) => (a.event.from < b.event.from ? -1 : 1));
  const pairs = new Map<CalendarEvent, Period>();
  for (const [i, { event, begins: opens }] of marks.entries()) {
    const next = marks[i + 1];
    if (!opens || !next || next.begins || daysBetween(event.from, next.event.to) < shortestTerm) continue;
    const term: Period = { kind: 'term', from: event.from, to: next.event.to, label: termName(event.summary) };
    pairs.set(event, term);
    pairs.set(next.event, term);
  }
  return pairs;
}

/** "Autumn term" of "Autumn Term begins". */
const termName = (summary: string): string => {
  const season = /\b(autumn|spring|summer|michaelmas|lent|trinity)\b/i.exec(summary)?.[1];
  const number = /\bterm (\d)\b/i.exec(summary)?.[1];
  if (number) return `Term ${number}`;
  return season ? `${season[0]?.toUpperCase()}${season.slice(1).toLowerCase()} term` : 'Term';
};

/** What a guess comes to, given when the terms are. */
function settle(
  event: CalendarEvent,
  kind: Exclude<PeriodKind, 'term'> | 'holiday' | 'bank holiday',
  terms: readonly Period[],
  found: Map<CalendarEvent, Period>,
  reasons: Map<CalendarEvent, string>,
): void {
  const { from, to } = event;
  const within = terms.some((term) => term.kind === 'term' && term.from <= from && to <= term.to);
  const touches = terms.some((term) => term.kind === 'term' && term.from <= to && from <= term.to);
  const take = (as: PeriodKind) => void found.set(event, periodOf(event, as));
  const leave = (why: string) => void reasons.set(event, why);
  const lessons = daysOf(event).filter((day) => weekday(day) <= 5);
  const open = lessons.filter((day) => !isBankHoliday(day));
  if (kind === 'bank holiday') {
    if (open.length === 0) return leave('Firstbell keeps the bank holidays of England and Wales itself');
    return within && open.length === lessons.length
      ? take('closure')
      : leave(
          `${shortDay(open[0] ?? from)} is no bank holiday that is known here: put a closure in by hand, if the school is closed`,
        );
  }
  if (kind === 'inset') {
    const free = [from, to].some((day) => weekday(day) > 5 || isBankHoliday(day));
    return free ? leave('It begins or ends on a day without lessons: put its weekdays in by hand') : take('inset');
  }
  if (!touches) return leave('No term runs then, so nothing is to be taken out');
  if (!within) return leave('It lies partly outside the term: mend one of the two, or put it in by hand');
  if (kind === 'holiday' && daysBetween(from, to) >= longestHalfTerm)
    return leave('It is longer than a half-term, and lies within a term: look at the dates');
  return take(kind === 'closure' ? 'closure' : 'half-term');
}

function daysOf({ from, to }: CalendarEvent): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Of two events that say the same, or of which one lies within the other, the longer is taken. */
function onlyOnce(found: Map<CalendarEvent, Period>, reasons: Map<CalendarEvent, string>): void {
  const longest = [...found].sort(([, a], [, b]) => daysBetween(b.from, b.to) - daysBetween(a.from, a.to));
  const taken: Period[] = [];
  for (const [event, period] of longest) {
    const other = taken.find(({ kind, from, to }) => kind === period.kind && from <= period.from && period.to <= to);
    if (!other) taken.push(period);
    else {
      found.delete(event);
      reasons.set(event, `“${other.label}” covers these days already`);
    }
  }
}

/** The first day of which anything is taken from a calendar that other people keep. */
export const takenSince = (today: Day): Day => schoolYearStart(today);
