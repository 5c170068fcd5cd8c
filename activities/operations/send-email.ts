import { createHash } from 'node:crypto';
import { idempotencyKey, done, failed, OperationFailure, type OperationHandler } from './operation-handler.ts';
import type { MailOutcome } from '../../adapters/mail/mailer.ts';
import { OPERATIONS } from '../../contracts/operations.ts';
import { retryableFailure } from '../retryable-failure.ts';

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+$/;
const FIRST_PAUSE_MS = 1000;
/** As the table of operations says. */
const ATTEMPTS = OPERATIONS.email.attempts;

/**
 * Hands an e-mail to the mail server once. A repeat finds that the server has taken it; where a worker died before that was
 * written down, or the connection broke before the answer, it goes out again under the same Message-ID.
 */
export const sendEmail: OperationHandler<'email'> = async (deps, request, { number, deadlineAt }) => {
  const { mailer, readModel, now } = deps;
  const { name: _name, ...mail } = request.operation;
  if (!mailer) return failed('This deployment has no mail server: ATTENDANT_SMTP_HOST names one.');
  const addresses = [...mail.to, ...mail.cc, ...(mail.replyTo === undefined ? [] : [mail.replyTo])];
  // The reason names no address: a customer may have written it.
  if (!addresses.every((address) => ADDRESS.test(address))) return failed('One of the addresses is no e-mail address.');
  const key = idempotencyKey(request);
  if (await readModel.people.sentMails.has(key)) return done();
  const sent = await mailer.send({ ...mail, messageId: messageIdOf(key) }, Math.max(1, deadlineAt - now()));
  if (sent.outcome === 'accepted') {
    await readModel.people.sentMails.record(key, now());
    return done();
  }
  const pauseMs = FIRST_PAUSE_MS * 2 ** (number - 1);
  const mayPass = sent.outcome === 'failed' || sent.isPassing;
  if (mayPass && number < ATTEMPTS && now() + pauseMs < deadlineAt) {
    throw retryableFailure('OPERATION_MAY_PASS', 'The mail server did not take the e-mail', pauseMs);
  }
  throw new OperationFailure(describe(sent));
};

function describe(sent: Exclude<MailOutcome, { outcome: 'accepted' }>): string {
  return sent.outcome === 'refused'
    ? `The mail server refused the e-mail (${sent.code}).`
    : `The mail server could not be talked to (${sent.reason}).`;
}

/** Tells nothing of the conversation; the domain is nobody's. Source: RFC 2606. */
function messageIdOf(key: string): string {
  return `${createHash('sha256').update(key).digest('hex').slice(0, 40)}@attendant.invalid`;
}
