import nodemailer, { type Transporter, type TransportOptions } from 'nodemailer';
import { isPlainMailbox } from '../../policy/letters/may-write.ts';
import { type Outcome, outcomeOfError } from './outcome.ts';

export type Message = {
  /** True for a training school: then only the catcher is used, whatever the settings. */
  training: boolean;
  messageId: string;
  at: Date;
  from: { name: string; address: string };
  replyTo: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  pdfs: readonly { fileName: string; content: Uint8Array }[];
};

export type Mailer = {
  /** `signal` gives an attempt up before its time, as when the worker stops: what became of it is then unknown. */
  send(message: Message, signal?: AbortSignal): Promise<Outcome>;
  close(): void;
};

type Settings = {
  /** Where real mail goes; null while none is set up. */
  smtpUrl: string | null;
  /** The built-in mail catcher; null where there is none. */
  catcherUrl: string | null;
  /** Silence after which an attempt is given up, in ms. At the final dot a server may take ten minutes (RFC 5321 4.5.3.2.6). */
  patience?: number;
  /** The end of an attempt however slowly it goes on, in ms. Longer than `patience`. */
  most?: number;
};

/** Sends one message to one person. It never throws: whatever happened is an outcome, and what nobody knows is "unknown". */
export function mailer({ smtpUrl, catcherUrl, patience = 660_000, most = patience + 60_000 }: Settings): Mailer {
  const open = (url: string | null) => (url === null ? null : transportTo(url, patience));
  const [real, catcher] = [open(smtpUrl), open(catcherUrl)];
  return {
    async send(message, signal) {
      const transport = message.training ? catcher : real;
      if (!transport) return { what: 'refused', why: message.training ? noCatcher : noServer };
      if (!isPlainMailbox(message.to.address)) return { what: 'refused', why: 'The address is not one plain mailbox' };
      const end = AbortSignal.timeout(most);
      return attempt(transport, message, signal ? AbortSignal.any([end, signal]) : end);
    },
    close() {
      for (const transport of [real, catcher]) transport?.close();
    },
  };
}

const noCatcher = 'A training school sends only to the mail catcher, and there is none';
const noServer = 'No mail server is set up: set SMTP_URL';

/** A connection for each message: a pool may re-queue one by itself, and nothing here may go twice. */
function transportTo(url: string, patience: number): Transporter {
  const waits = { socketTimeout: patience, greetingTimeout: Math.min(patience, 30_000), connectionTimeout: 30_000 };
  const options = { url, ...waits, disableFileAccess: true, disableUrlAccess: true };
  return nodemailer.createTransport(options as TransportOptions);
}

/**
 * The same message has the same bytes each time. It carries no Auto-Submitted header: a named person approved it and it
 * asks for a reply, and RFC 3834 keeps that header for mail made without a person.
 */
async function attempt(transport: Transporter, message: Message, signal: AbortSignal): Promise<Outcome> {
  const { messageId, at, from, replyTo, to, subject, text, html, pdfs } = message;
  const content = { subject, text, html, attachments: pdfs.map(attachment) };
  const fixed = { messageId, date: at, baseBoundary: messageId.replaceAll(/[^a-zA-Z0-9]/g, '').slice(0, 40) };
  const options = { from, to, replyTo, ...content, ...fixed, signal };
  try {
    return received((await transport.sendMail(options)) as Answer, to.address);
  } catch (error) {
    return outcomeOfError(error);
  }
}

const attachment = ({ fileName, content }: { fileName: string; content: Uint8Array }) => ({
  filename: fileName,
  content: Buffer.from(content),
  contentType: 'application/pdf',
});

type Answer = { envelope: { to: string[] }; response: string };

/** The library once sent to an address hidden inside another: what went must be what was approved, and nobody else. */
function received({ envelope, response }: Answer, approved: string): Outcome {
  const [went, ...others] = envelope.to;
  return went === approved && others.length === 0
    ? { what: 'sent', why: response }
    : { what: 'unknown', why: 'The mail server reports another address than the approved one' };
}
