import type { ErrorRow } from './error-codes.ts';

/** What is refused for the sake of a second factor; rows of `ERROR_CODES`. */
export const SECOND_FACTOR_ERRORS = {
  SECOND_FACTOR_REQUIRED: {
    httpStatus: 401,
    retryable: false,
    userMessage: 'This user has a second factor. Log in again with the code of the authenticator, or a recovery code.',
  },
  SECOND_FACTOR_INVALID: {
    httpStatus: 401,
    retryable: false,
    userMessage: 'The code is wrong, or was used already. Wait for the next one of the authenticator.',
  },
  SECOND_FACTOR_MISSING: {
    httpStatus: 403,
    retryable: false,
    userMessage:
      'Your role requires a second factor, and this session was opened without one. Set it up: POST /api/v1/users/me/second-factor. Where it is on already, log in again with its code.',
  },
  SECOND_FACTOR_REQUIRED_BY_ROLE: {
    httpStatus: 409,
    retryable: false,
    userMessage:
      'Your role requires the second factor: it stays on. For another authenticator, let whoever manages users reset it.',
  },
  SECOND_FACTOR_AT_PROVIDER: {
    httpStatus: 409,
    retryable: false,
    userMessage:
      'You have logged in at a provider, who asks for factors of their own. For one here, log in with a password first.',
  },
  SECOND_FACTOR_ON: {
    httpStatus: 409,
    retryable: false,
    userMessage: 'The second factor is on already. Turn it off first.',
  },
} as const satisfies Record<string, ErrorRow>;
