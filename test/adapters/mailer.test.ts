import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMailer, type Mail } from '../../adapters/mail/mailer.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';

let server: MailServer;
beforeEach(async () => {
  server = await startMailServer();
});
afterEach(() => server.stop());

const mail: Mail = {
  messageId: 'one@attendant.invalid',
  to: ['office@example.com'],
  cc: ['lead@example.com'],
  subject: 'Grüße\r\nBcc: everybody@example.com',
  text: 'Hello,\n.\nas said.',
  replyTo: 'ada@example.com',
};
const settings = { host: '127.0.0.1', security: 'none', from: 'Shop <service@example.com>' } as const;
const send = (more: object = {}, timeoutMs = 5000) =>
  createMailer({ ...settings, port: server.port, ...more }).send(mail, timeoutMs);

describe('the mailer', () => {
  it('hands a mail to the server, under the id that it is given', async () => {
    expect(await send()).toEqual({ outcome: 'accepted' });
    const [taken] = server.received;
    expect(taken).toMatchObject({ from: 'service@example.com', to: ['office@example.com', 'lead@example.com'] });
    expect(taken?.text).toContain('Message-ID: <one@attendant.invalid>');
    expect(taken?.text).toContain('Reply-To: ada@example.com');
    expect(taken?.text).toContain('as said.');
  });

  it('lets no line of a subject become a header', async () => {
    await send();
    expect(server.received[0]?.text).not.toMatch(/^Bcc:/m);
    expect(server.received[0]?.to).not.toContain('everybody@example.com');
  });

  it('logs in where it has a user', async () => {
    await send({ user: 'shop', password: 'right' });
    expect(server.received[0]?.user).toBe('shop');
    const refused = await send({ user: 'shop', password: 'wrong' });
    expect(refused).toMatchObject({ outcome: 'refused', isPassing: false, code: 535 });
  });

  it.each([
    [451, true],
    [550, false],
  ])('tells by the answer %i whether it may be taken later', async (code, isPassing) => {
    server.onMail = (answer) => answer(Object.assign(new Error('No'), { responseCode: code }));
    expect(await send()).toEqual({ outcome: 'refused', isPassing, code });
  });

  it('gives up in time on a server that does not answer', async () => {
    server.onMail = () => undefined;
    expect(await send({}, 300)).toMatchObject({ outcome: 'failed' });
  });

  it('sends nothing in the clear where the server cannot encrypt', async () => {
    await server.stop();
    server = await startMailServer({ disabledCommands: ['STARTTLS'] });
    expect((await send({ security: 'starttls' })).outcome).not.toBe('accepted');
    expect(server.received).toEqual([]);
  });

  it('says that nobody is there', async () => {
    expect(await send({ port: 9 })).toMatchObject({ outcome: 'failed' });
  });
});
