import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from 'smtp-server';

/** What a mail server has taken: for whom, and the whole text of the mail. */
interface ReceivedMail {
  from: string;
  to: string[];
  text: string;
  /** Who had logged in. */
  user: string | undefined;
}

export interface MailServer {
  readonly port: number;
  readonly received: ReceivedMail[];
  /** What becomes of a mail whose text has come; taken where nothing is said. */
  onMail: (answer: (error?: Error & { responseCode?: number }) => void, mail: ReceivedMail) => void;
  stop(): Promise<void>;
}

/** A real mail server on this machine, with the certificate that smtp-server brings: nobody trusts it. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('Wrong password')),
    onData(stream: SMTPServerDataStream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail: ReceivedMail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString(),
          user: session.user,
        };
        mails.onMail((error) => {
          if (!error) received.push(mail);
          done(error);
        }, mail);
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const mails: MailServer = {
    port: typeof address === 'object' && address ? address.port : 0,
    received,
    onMail: (answer) => answer(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
  return mails;
}
