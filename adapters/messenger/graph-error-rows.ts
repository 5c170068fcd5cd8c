/**
 * What a Graph error means for sending.
 * `retry`: the same call may succeed later. `rate-limited`: later, and slower. `ambiguous`: it may have been sent.
 * `page-paused`: Meta takes nothing of the Page for a while. `page-token`, `page-permission`, `page-policy`: nothing
 * of the Page goes out until a person acts. `window-closed`, `final-customer`, `final-message`: never this message.
 */
type GraphErrorClass =
  | 'retry'
  | 'rate-limited'
  | 'ambiguous'
  | 'page-paused'
  | 'page-token'
  | 'page-permission'
  | 'page-policy'
  | 'window-closed'
  | 'final-customer'
  | 'final-message';

/**
 * One row of the table. Without `subcode` it stands for every subcode that has no row of its own, without either for codes
 * that have none.
 */
export interface GraphErrorRow {
  code?: number | { from: number; to: number };
  subcode?: number;
  /** The row is for errors that Meta puts in such words only: some codes have two meanings. */
  words?: RegExp;
  class: GraphErrorClass;
  /** True where the same call may succeed without a person doing anything. */
  retryable: boolean;
  /** Whose fault it is: this message's, this customer's, the Page's, the app's. The last two never fail a message. */
  scope: 'message' | 'customer' | 'page' | 'app';
  /** What an operator reads: what happened and what to do. */
  operatorMessage: string;
  /** Attempts after which a retry is given up. */
  maxAttempts?: number;
  /** Milliseconds to wait at least. */
  retryAfterMs?: number;
}

const MINUTE = 60_000;

const MARKETING_LIMIT = {
  class: 'final-message',
  retryable: false,
  scope: 'customer',
  operatorMessage: 'This customer has had as many marketing messages as Meta allows.',
} as const;
const APP_LIMIT = {
  class: 'rate-limited',
  retryable: true,
  scope: 'app',
  operatorMessage: 'The app made more calls than Meta allows. Messages wait.',
} as const;
const PAGE_LIMIT = {
  class: 'rate-limited',
  retryable: true,
  scope: 'page',
  operatorMessage: 'The Page made more calls than Meta allows. Messages wait.',
} as const;
const PERMISSION = {
  class: 'page-permission',
  retryable: false,
  scope: 'page',
  operatorMessage: 'The app lacks a permission for the Page. Grant pages_messaging and connect the Page again.',
} as const;
const APP_PERMISSION = {
  ...PERMISSION,
  scope: 'app',
  operatorMessage:
    'The app may not do this: a capability or permission is missing. Check the access level of pages_messaging at Meta.',
} as const;
const DEAD_TOKEN = {
  class: 'page-token',
  retryable: false,
  scope: 'page',
  operatorMessage: 'The Page token is no longer valid. Make a new one and enter it in the account.',
} as const;
const WINDOW_CLOSED = {
  class: 'window-closed',
  retryable: false,
  scope: 'customer',
  operatorMessage: 'The customer last wrote too long ago. An agent may answer within 7 days with the HUMAN_AGENT tag.',
} as const;
const CUSTOMER_GONE = {
  class: 'final-customer',
  retryable: false,
  scope: 'customer',
  operatorMessage: 'The customer cannot be reached: has blocked the Page, left, or does not take messages.',
} as const;
const BAD_FILE = {
  class: 'final-message',
  retryable: false,
  scope: 'message',
  operatorMessage: 'Meta refused the attachment: its declared type is not that of the file.',
} as const;
const PAGE_PAUSED = {
  class: 'page-paused',
  retryable: true,
  scope: 'page',
  operatorMessage: 'Meta takes no messages of the Page for a while. Sending is paused.',
  retryAfterMs: 30 * MINUTE,
} as const;

/** Error codes of the Send API and the profile call. Source: Messenger Platform, error codes (18 March 2026). */
export const GRAPH_ERROR_ROWS: readonly GraphErrorRow[] = [
  {
    code: 1,
    class: 'retry',
    retryable: true,
    scope: 'message',
    operatorMessage: 'Meta had an unknown error. A missing permission can be the cause if it stays.',
    maxAttempts: 5,
  },
  {
    code: 1,
    subcode: 1357046,
    class: 'ambiguous',
    retryable: false,
    scope: 'message',
    operatorMessage: 'Meta reports an error although such messages were sent. The echo decides.',
  },
  {
    code: 2,
    class: 'retry',
    retryable: true,
    scope: 'customer',
    operatorMessage: 'Meta is busy, or the customer has blocked the Page: given up after a few attempts.',
    maxAttempts: 5,
  },
  {
    code: 2,
    subcode: 2018344,
    class: 'page-permission',
    retryable: false,
    scope: 'page',
    operatorMessage: 'The terms of the label API are not accepted. An admin of the Page accepts them at Meta.',
  },
  { code: 3, ...APP_PERMISSION },
  { code: 4, ...APP_LIMIT },
  { code: 4, subcode: 2018022, ...APP_LIMIT },
  { code: 4, subcode: 2018354, ...MARKETING_LIMIT },
  { code: 9, subcode: 2018352, ...MARKETING_LIMIT },
  { code: 17, ...APP_LIMIT },
  { code: 32, ...PAGE_LIMIT },
  { code: 613, ...PAGE_LIMIT },
  { code: { from: 80000, to: 80099 }, ...PAGE_LIMIT },
  { code: 341, ...APP_LIMIT },
  {
    code: 368,
    class: 'page-policy',
    retryable: false,
    scope: 'page',
    operatorMessage: 'Meta blocked the Page for its policies. See the support inbox of the Page.',
  },
  {
    code: 1200,
    class: 'retry',
    retryable: true,
    scope: 'message',
    operatorMessage: 'Meta could not send just now. It is tried again.',
  },
  { code: 10, ...APP_PERMISSION },
  { code: 10, words: /outside (of )?(the )?allowed window/i, ...WINDOW_CLOSED },
  { code: 10, subcode: 2018278, ...WINDOW_CLOSED },
  { code: 10, subcode: 2534022, ...WINDOW_CLOSED },
  { code: 10, subcode: 2018065, ...WINDOW_CLOSED },
  { code: 10, subcode: 2018108, ...CUSTOMER_GONE },
  {
    code: 100,
    class: 'final-message',
    retryable: false,
    scope: 'message',
    operatorMessage: 'Meta refused a parameter of the message: a fault of this system. Report it with the trace id.',
  },
  {
    code: 100,
    words: /appsecret_proof/i,
    ...DEAD_TOKEN,
    operatorMessage: 'The app secret of the account is not that of the app. Enter the right one in the account.',
  },
  {
    code: 100,
    subcode: 2018008,
    ...BAD_FILE,
    operatorMessage: 'Meta could not fetch the file from its address. It must answer to anybody, within 75 seconds.',
  },
  {
    code: 100,
    subcode: 2018047,
    ...BAD_FILE,
    operatorMessage: 'Meta could not take the file. Mostly its type is not the declared one, or is not supported.',
  },
  {
    code: 100,
    subcode: 2018001,
    class: 'final-customer',
    retryable: false,
    scope: 'customer',
    operatorMessage: 'The Page knows no such customer. Usually the token belongs to another Page: check the account.',
  },
  {
    code: 100,
    subcode: 2018109,
    class: 'final-message',
    retryable: false,
    scope: 'message',
    operatorMessage: 'The attachment is larger than Messenger allows.',
  },
  {
    code: 100,
    subcode: 2018034,
    class: 'final-message',
    retryable: false,
    scope: 'message',
    operatorMessage: 'Message and sender action stood in one call: a fault of this system. Report it.',
  },
  {
    code: 100,
    subcode: 2018218,
    class: 'final-customer',
    retryable: false,
    scope: 'customer',
    operatorMessage: 'Meta gives no profile of this customer. The conversation goes on without a name.',
  },
  {
    code: 100,
    subcode: 33,
    ...PERMISSION,
    operatorMessage: 'The token of the account does not reach this Page. Check Page id and token of the account.',
  },
  // An ended session, a wrong app key, a call without a usable token: the same repair as for a dead token.
  { code: 101, ...DEAD_TOKEN },
  { code: 102, ...DEAD_TOKEN },
  { code: 190, ...DEAD_TOKEN },
  { code: 2500, ...DEAD_TOKEN },
  { code: { from: 200, to: 299 }, ...PERMISSION },
  { code: 200, subcode: 1545041, ...CUSTOMER_GONE },
  { code: 551, subcode: 1545041, ...CUSTOMER_GONE },
  { code: 551, ...CUSTOMER_GONE },
  {
    code: 200,
    subcode: 2018028,
    ...APP_PERMISSION,
    operatorMessage: 'The app is not live or not reviewed: only people with a role on the app can be answered.',
  },
  {
    code: 230,
    words: /consent/i,
    class: 'final-customer',
    retryable: false,
    scope: 'customer',
    operatorMessage: 'The customer has not consented to this message or profile call.',
  },
  {
    code: 10303,
    class: 'final-message',
    retryable: false,
    scope: 'message',
    operatorMessage: 'The account-linking token is not valid.',
  },
  { code: 546, ...BAD_FILE },
  { code: 2022, ...PAGE_PAUSED },
  { subcode: 1893063, ...PAGE_PAUSED },
  { subcode: 2534122, ...PAGE_PAUSED },
  { subcode: 2534029, ...PAGE_PAUSED },
  { words: /temporarily (blocked|restricted|disabled)/i, ...PAGE_PAUSED },
  { words: /\bpermissions?\b|not authorized/i, ...APP_PERMISSION },
];
