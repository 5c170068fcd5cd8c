import { createTransport } from 'nodemailer';
import type { MailSettings } from './mail-settings.ts';

export interface Mail {
  /** Of the `Message-ID`: the same on every attempt, so that a server or a reader may know a repeat. */
  messageId: string;
  to: string[];
  cc: string[];
  subject: string;
  text: string;
  replyTo?: string;
}

/**
 * What became of handing a mail over. `refused`: the server has said that it does not take it; `isPassing`: it may later.
 * `failed`: there is no answer. It may have it: SMTP has no way to ask.
 */
export type MailOutcome =
  | { outcome: 'accepted' }
  | { outcome: 'refused'; isPassing: boolean; code: number }
  | { outcome: 'failed'; reason: string };

/** Hands mails to the deployment’s mail server. */
export interface Mailer {
  send(mail: Mail, timeoutMs: number): Promise<MailOutcome>;
}

/** Creates the mailer; every mail has a connection of its own, which ends with it. */
export function createMailer({ host, port, security, user, password = '', from }: MailSettings): Mailer {
  return {
    async send(mail, timeoutMs) {
      const transport = createTransport({
        host,
        port,
        secure: security === 'tls',
        requireTLS: security === 'starttls',
        ignoreTLS: security === 'none',
        ...(user !== undefined && { auth: { user, pass: password } }),
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        // Texts of scenarios name neither files nor addresses that this process would read.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const watch = setTimeout(() => transport.close(), timeoutMs);
      try {
        await transport.sendMail({ ...mail, from, messageId: `<${mail.messageId}>` });
        return { outcome: 'accepted' };
      } catch (error) {
        return classify(error);
      } finally {
        clearTimeout(watch);
        transport.close();
      }
    },
  };
}

/** Source: RFC 5321, 4.2.1: replies of 4xx are transient, those of 5xx permanent. */
function classify(error: unknown): MailOutcome {
  const { responseCode, code = 'unknown' } = error as { responseCode?: number; code?: string };
  if (responseCode === undefined) return { outcome: 'failed', reason: code };
  return { outcome: 'refused', isPassing: responseCode < 500, code: responseCode };
}
