const statuses = {
  NotFound: 404,
  Forbidden: 403,
  Stale: 409,
  Closed: 409,
  Busy: 409,
  NotAllowed: 422,
  BadInput: 422,
  Unavailable: 503,
} as const;

/** Why something that a person asked for is not done. Each code has one HTTP status. */
export type RefusalCode = keyof typeof statuses;

/**
 * Something a person asked for that the rules do not allow. Shown to them in full; never logged as a fault. `concerns` is what of
 * the asking it is about, as the asking itself names it (`until` of a hold), where it is about one thing that can be mended there.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly concerns: string | undefined;

  constructor(
    code: RefusalCode,
    message: string,
    { concerns, ...options }: ErrorOptions & { concerns?: string | undefined } = {},
  ) {
    super(message, options);
    this.code = code;
    this.concerns = concerns;
  }

  get status(): number {
    return statuses[this.code];
  }
}

/** True if this text is one of our refusal codes: how a refusal is known again after it crossed the engine. */
export const isRefusalCode = (text: unknown): text is RefusalCode => typeof text === 'string' && text in statuses;

/** A refusal as data: how it crosses the engine. */
export type Refused = { code: RefusalCode; message: string; concerns?: string | undefined };

/** The refusal that these data are. */
export const refusalOf = ({ code, message, concerns }: Refused): Refusal => new Refusal(code, message, { concerns });
