import nodemailer, { type Transporter } from 'nodemailer';
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
  pdf: { fileName: string; content: Uint8Array } | null;
};

export type Mailer = { send(message: Message): Promise<Outcome>; close(): void };

type Settings = {
  /** Where real mail goes; null while none is set up. */
  smtpUrl: string | null;
  /** The built-in mail catcher; null where there is none. */
  catcherUrl: string | null;
  /** Silence after which an attempt is given up, in ms. At the final dot a server may take ten minutes (RFC 5321 4.5.3.2.6). */
  patience?: number;
};

/** Sends one message to one person. It never throws: whatever happened is an outcome, and what nobody knows is "unknown". */
export function mailer({ smtpUrl, catcherUrl, patience = 660_000 }: Settings): Mailer {
  const open = (url: string | null) =>
    url &&
    nodemailer.createTransport({
      url,
      socketTimeout: patience,
      greetingTimeout: 30_000,
      connectionTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    } as never);
  const real = open(smtpUrl);
  const catcher = open(catcherUrl);
  return {
    async send(message) {
      const transport = message.training ? catcher : real;
      if (!transport)
        return {
          what: 'refused',
          why: message.training
            ? 'A training school sends only to the mail catcher, and there is none'
            : 'No mail server is set up: set SMTP_URL',
        };
      if (!isPlainMailbox(message.to.address)) return { what: 'refused', why: 'The address is not one plain mailbox' };
      return attempt(transport, message);
    },
    close() {
      for (const transport of [real, catcher]) if (transport) transport.close();
    },
  };
}

async function attempt(
  transport: Transporter,
  { messageId, at, from, replyTo, to, subject, text, html, pdf }: Message,
): Promise<Outcome> {
  try {
    const info = await transport.sendMail({
      from,
      to,
      replyTo,
      subject,
      text,
      html,
      messageId,
      date: at,
      attachments: pdf ? [{ filename: pdf.fileName, content: Buffer.from(pdf.content), contentType: 'application/pdf' }] : [],
      ...{ baseBoundary: messageId.replaceAll(/[^a-zA-Z0-9]/g, '').slice(0, 40) },
    });
    const went = info.envelope?.to as unknown;
    if (!Array.isArray(went) || went.length !== 1 || went[0] !== to.address) {
      return { what: 'unknown', why: 'The mail server reports another address than the approved one' };
    }
    return { what: 'sent', why: String(info.response ?? '') };
  } catch (error) {
    return outcomeOfError(error);
  }
}
