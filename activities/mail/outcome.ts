/**
 * What became of an attempt. `retry` and `refused` are certain not to have been sent; `unknown` may have been, so a
 * person decides: a second warning by mistake is worse than a late one.
 */
export type Outcome = { what: 'sent' | 'refused' | 'retry' | 'unknown'; why: string };

type SmtpError = { code?: string; responseCode?: number; syscall?: string; message?: string };

/** The server answered about this very message or its addresses. */
const aboutTheMessage = new Set(['EENVELOPE', 'EMESSAGE']);

/** "Sign in first": said of the sender, but about the connection (RFC 4954). */
const signInFirst = 530;

/** We never got as far as a message: the name, the sign-in or the encryption of the connection failed. */
const beforeAnyMessage = new Set(['EDNS', 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS']);

/**
 * Reads an error of the mail library. Certain only if the server said so itself, or the connection was never made. Trouble
 * with the connection is ours and blames no address: it is tried again. Silence and broken connections are unknown, since
 * the server may have taken the message before it fell silent (RFC 5321 4.5.3.2.6).
 */
export function outcomeOfError(error: unknown): Outcome {
  const { code = '', responseCode, syscall, message = 'no reason given' } = error as SmtpError;
  const why = message.replaceAll(/\S+@\S+/g, 'the address').slice(0, 300);
  if (aboutTheMessage.has(code) && responseCode !== signInFirst)
    return { what: responseCode !== undefined && responseCode < 500 ? 'retry' : 'refused', why };
  if (responseCode !== undefined || syscall === 'connect' || beforeAnyMessage.has(code)) return { what: 'retry', why };
  if (code === 'ECONFIG') return { what: 'refused', why };
  return { what: 'unknown', why: `The connection to the mail server broke off before it answered (${why})` };
}
