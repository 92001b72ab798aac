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

/** Something a person asked for that the rules do not allow. Shown to them in full; never logged as a fault. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get status(): number {
    return statuses[this.code];
  }
}

/** True if this text is one of our refusal codes: how a refusal is known again after it crossed the engine. */
export const isRefusalCode = (text: unknown): text is RefusalCode => typeof text === 'string' && text in statuses;
