/**
 * What became of an attempt. `retry` and `refused` are certain not to have been sent; `unknown` may have been, so a
 * person decides: a second warning by mistake is worse than a late one.
 */
export type Outcome = { what: 'sent' | 'refused' | 'retry' | 'unknown'; why: string };

type SmtpError = { code?: string; responseCode?: number; syscall?: string; message?: string };

const neverSent = new Set(['EDNS', 'EAUTH', 'ENOAUTH', 'ETLS', 'EENVELOPE', 'ECONFIG']);

/** Reads an error of the mail library: certain only if the server said so itself, or the connection was never made. */
export function outcomeOfError(error: unknown): Outcome {
  const { code, responseCode, syscall, message = 'no reason given' } = error as SmtpError;
  const why = message.replaceAll(/\S+@\S+/g, 'the address').slice(0, 300);
  if (responseCode !== undefined) return { what: responseCode >= 500 ? 'refused' : 'retry', why };
  if (syscall === 'connect' || code === 'EDNS') return { what: 'retry', why };
  if (code !== undefined && neverSent.has(code)) return { what: 'refused', why };
  return { what: 'unknown', why };
}
