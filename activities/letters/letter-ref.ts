import { londonDay } from '../../policy/calendar/day.ts';

/** The reference a family reads out on the telephone: short, and telling nothing of the child. */
export const letterRef = (letterId: string, at: number): string =>
  `FB-${londonDay(at).slice(2, 4)}-${letterId.replaceAll('-', '').slice(0, 6).toUpperCase()}`;
