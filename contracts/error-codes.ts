import { SECOND_FACTOR_ERRORS } from './second-factor-errors.ts';

/** What is told of an error. */
export interface ErrorRow {
  httpStatus: number;
  retryable: boolean;
  /** What a person reads: what happened and what to do next. */
  userMessage: string;
}

/** Every error that leaves a process, once. `docs/errors.md` is generated from it. */
export const ERROR_CODES = {
  REQUEST_INVALID: {
    httpStatus: 400,
    retryable: false,
    userMessage: 'The request is not valid. See details for each place and its remedy.',
  },
  BODY_NOT_JSON: { httpStatus: 400, retryable: false, userMessage: 'The body is not JSON. Send a JSON document.' },
  BODY_TOO_LARGE: {
    httpStatus: 413,
    retryable: false,
    userMessage: 'The body is over the limit. Send less at a time or raise ATTENDANT_BODY_LIMIT_BYTES.',
  },
  SIGNATURE_INVALID: {
    httpStatus: 401,
    retryable: false,
    userMessage: 'The signature matches no app secret. Compare the app secret of the account with the Facebook app.',
  },
  VERIFY_TOKEN_INVALID: {
    httpStatus: 403,
    retryable: false,
    userMessage: 'The verify token belongs to no account. Copy it from the account again.',
  },
  UNAUTHENTICATED: { httpStatus: 401, retryable: false, userMessage: 'Log in first: POST /api/v1/session.' },
  LOCAL_LOG_IN_OFF: {
    httpStatus: 403,
    retryable: false,
    userMessage: 'Passwords let nobody in here. Log in at the provider: GET /api/v1/oidc.',
  },
  OIDC_UNAVAILABLE: {
    httpStatus: 503,
    retryable: true,
    userMessage: 'The log-in provider does not answer. Try again in a moment.',
  },
  CREDENTIALS_INVALID: { httpStatus: 401, retryable: false, userMessage: 'User name or password is wrong.' },
  ...SECOND_FACTOR_ERRORS,
  TOO_MANY_ATTEMPTS: {
    httpStatus: 429,
    retryable: true,
    userMessage: 'Too many failed log-ins. Wait a minute and try again.',
  },
  FORBIDDEN: { httpStatus: 403, retryable: false, userMessage: 'Your role does not allow this. Ask an admin.' },
  NOT_FOUND: { httpStatus: 404, retryable: false, userMessage: 'There is nothing at this address.' },
  UPGRADE_REQUIRED: {
    httpStatus: 426,
    retryable: false,
    userMessage: 'This address is a WebSocket. Open it with ws:// or wss://.',
  },
  OUTBOX_FULL: {
    httpStatus: 409,
    retryable: true,
    userMessage:
      'Too many messages of this conversation wait to be sent. Wait until some have left, or ask an admin about the Page.',
  },
  CONVERSATION_NOT_FOUND: { httpStatus: 404, retryable: false, userMessage: 'No such conversation.' },
  CONVERSATION_ENDED: { httpStatus: 409, retryable: false, userMessage: 'The conversation has ended.' },
  CONVERSATION_CHANGED: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'The conversation has gone on meanwhile; nothing was done. Look at what it would come to once more.',
  },
  SURGERY_REFUSED: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'Nothing was done. See details for why, and what can be done instead.',
  },
  SUGGESTIONS_OFF: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'The service of this conversation has no suggestions. An admin can name a bot or a model for it.',
  },
  SUGGESTIONS_UNAVAILABLE: {
    httpStatus: 502,
    retryable: true,
    userMessage: 'The bot or model has not answered. Try again in a moment, or write yourself.',
  },
  CANARY_NOT_RUNNING: {
    httpStatus: 409,
    retryable: false,
    userMessage:
      'No version of this scenario is tried on a part of the conversations. Publish one with a canary, or look at the versions: it may have ended.',
  },
  SCENARIO_NOT_PUBLISHED: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'There is no such entry, or no published scenario of this name. Choose another one.',
  },
  THREAD_ELSEWHERE: {
    httpStatus: 409,
    retryable: true,
    userMessage: 'Another app talks with the customer. A scenario can go on when the thread is back.',
  },
  NOT_WAITING: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'The conversation waits for nobody: somebody has it already, or its scenario goes on by itself.',
  },
  AGENT_NOT_FREE: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'The agent is not ready, or has no room for another chat. Choose another one, or wait.',
  },
  AGENT_LOGGED_OUT: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'The agent is not logged in. They have to log in themselves.',
  },
  WRAP_UP_OVER: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'There is no time for paper work that could be extended: it is over, or was extended often enough.',
  },
  OFFER_GONE: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'The offer is no longer open. Fetch your offers again.',
  },
  NOT_CONNECTED: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'Nobody talks with the customer right now: there is no chat to look into or to take.',
  },
  ALREADY_YOURS: { httpStatus: 409, retryable: false, userMessage: 'You hold this chat already.' },
  CHAT_SHARED: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'Others are in this chat. Leave it to them, or let them leave first.',
  },
  INVITATION_OPEN: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'Somebody is being asked into this chat already. Wait for the answer, or cancel it first.',
  },
  CHAT_FULL: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'Nobody else can come into this chat. Finish the consultation, or let somebody leave first.',
  },
  NOT_YOUR_CONVERSATION: {
    httpStatus: 403,
    retryable: false,
    userMessage: 'The chat is not connected to you. Accept its offer first.',
  },
  PLACEHOLDERS_UNFILLED: {
    httpStatus: 422,
    retryable: false,
    userMessage: 'The text still holds placeholders of its canned response. See details for which; nothing was sent.',
  },
  TOO_MANY_CANNED_RESPONSES: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'You have as many canned responses of your own as there may be. Delete one first.',
  },
  TOO_MANY_SAVED_SEARCHES: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'You keep as many searches as there may be. Delete one first.',
  },
  TOO_MANY_RECORD_EXPORTS: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'You have as many exports of records as there may be. Delete one first.',
  },
  RECORD_EXPORT_UNFINISHED: {
    httpStatus: 409,
    retryable: true,
    userMessage: 'This export has no file: it is not done yet, was cancelled or failed. Its state says which.',
  },
  CONVERSATION_OPEN: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'A conversation with this customer is open already. See details for which; nothing was begun.',
  },
  WINDOW_CLOSED: {
    httpStatus: 409,
    retryable: false,
    userMessage:
      'Messenger lets nobody write to this customer now: a person may within 24 hours after they last wrote, and within 7 days where the account may use the Human Agent tag. Wait until they write.',
  },
  CUSTOMER_UNREACHABLE: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'This customer cannot be written to. See details for why; nothing was begun.',
  },
  CONTACT_NOT_FOUND: { httpStatus: 404, retryable: false, userMessage: 'No such contact.' },
  CONTACT_CHANGED: {
    httpStatus: 409,
    retryable: true,
    userMessage: 'Somebody else changed one of these contacts at the same moment; nothing was merged. Try again.',
  },
  CONTACT_NOT_MERGED: {
    httpStatus: 409,
    retryable: false,
    userMessage:
      'That contact was not merged into this one, or into another one that was. Fetch this contact: "merges" names what can be given back.',
  },
  CASE_NOT_FOUND: { httpStatus: 404, retryable: false, userMessage: 'No such case.' },
  PART_SETTLED: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'This part needs nobody: it was delivered, has failed for good, or is on its way.',
  },
  STILL_IN_USE: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'It is still in use; nothing was changed. See details for what uses it.',
  },
  CONFIGURATION_INVALID: {
    httpStatus: 422,
    retryable: false,
    userMessage: 'The configuration is not valid; nothing was changed. See details for each place and its remedy.',
  },
  CONFIGURATION_CHANGED: {
    httpStatus: 409,
    retryable: false,
    userMessage:
      'Somebody else changed this meanwhile; nothing was changed. See details for what, and look at it again first.',
  },
  SCENARIO_INVALID: {
    httpStatus: 422,
    retryable: false,
    userMessage: 'The scenario is not valid; nothing was changed. See details for line, column and remedy.',
  },
  SCENARIO_CHANGED: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'Somebody else changed this scenario meanwhile; nothing was changed. Look at it again first.',
  },
  EVALUATION_NOT_FOUND: { httpStatus: 404, retryable: false, userMessage: 'No such evaluation.' },
  EVALUATION_EXISTS: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'Somebody grades this stretch by this form already. Look at what there is, and go on with that.',
  },
  EVALUATION_CHANGED: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'Somebody else changed this evaluation meanwhile; nothing was changed. Look at it again first.',
  },
  EVALUATION_SETTLED: {
    httpStatus: 409,
    retryable: false,
    userMessage:
      'The evaluation is past this: a draft is saved and finished, a finished one confirmed or disputed, a dispute decided.',
  },
  ASSIGNMENT_NOT_FOUND: { httpStatus: 404, retryable: false, userMessage: 'Nobody is to grade this.' },
  ASSIGNMENT_EXISTS: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'Somebody is to grade this stretch by this form already. Give that to somebody else instead.',
  },
  ASSIGNMENT_CHANGED: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'Somebody else changed this assignment meanwhile; nothing was changed. Look at it again first.',
  },
  ASSIGNMENT_SETTLED: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'The stretch is graded, or nobody is to grade it any more.',
  },
  LEGAL_HOLD: {
    httpStatus: 409,
    retryable: false,
    userMessage:
      'A legal hold keeps this data; nothing was erased. See details for which. Whoever manages legal holds can release it.',
  },
  SERVICE_UNAVAILABLE: {
    httpStatus: 503,
    retryable: true,
    userMessage: 'Temporal or MongoDB cannot be reached right now. Try again in a moment.',
  },
  INTERNAL: {
    httpStatus: 500,
    retryable: true,
    userMessage: 'Something broke on our side. Try again; the log has the details.',
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** True where the text is the code of a row above. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
