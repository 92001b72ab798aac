import { Refusal } from '../refusal.ts';

/** What comes of asking; null if the rules refuse it. */
export function unlessRefused<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
