// What a block asks the world where the answer is neither a message's delivery status nor an agent. Plain JSON: operations and their
// answers lie in histories, so a secret is in neither, only its name.
import type { Closure, OpeningTimes } from './hours.ts';
import type { Json } from './json.ts';
import type { SurveyProgress } from './history-event.ts';

/** A secret of the deployment by its name; only the process that needs the value looks it up. */
interface SecretReference {
  secret: string;
}

/** Why an operation ends as it does: `no-data` is an answer that holds nothing; `failed` is everything that went wrong. */
type OperationOutcome = 'done' | 'no-data' | 'failed' | 'timeout';

/**
 * What became of an operation. `reason` says in one sentence what went wrong, without secrets and without what a customer
 * wrote. `values` are those that the operation promises when it is `done`; some promise a few for other outcomes too.
 */
export interface OperationResult {
  outcome: OperationOutcome;
  reason?: string;
  values: Record<string, Json>;
}

/** Every operation by its name. */
export type Operation =
  | FetchUrlOperation
  | AskABotOperation
  | AskModelOperation
  | CheckBusinessHoursOperation
  | DrawNumberOperation
  | IdentifyContactOperation
  | SearchObjectOperation
  | CreateObjectOperation
  | SearchDirectoryOperation
  | GetUserConfigurationOperation
  | GetSurveyOperation
  | GetStatisticsOperation
  | GetAgentStateOperation
  | SetAgentStateOperation
  | InternalMessageOperation
  | EmailOperation;

type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

type HttpAuth =
  | { kind: 'basic'; username: string; password: SecretReference }
  | { kind: 'bearer'; token: SecretReference }
  | { kind: 'header'; header: string; value: SecretReference };

/** A header that holds the HMAC of the body as it is sent, made by the worker: the key is in no scenario and no history. */
interface HttpSignature {
  secret: SecretReference;
  header: string;
  algorithm: 'sha1' | 'sha256' | 'sha512';
  encoding: 'hex' | 'base64';
  /** Stands before the signature: `sha256=`. */
  prefix: string;
}

/** `json` is sent as `application/json`, `form` as `application/x-www-form-urlencoded`, `multipart` as `multipart/form-data`. */
type HttpBody =
  | { kind: 'json'; value: Json }
  | { kind: 'form'; fields: Record<string, string> }
  | { kind: 'multipart'; fields: Record<string, string> }
  | { kind: 'text'; contentType: string; text: string };

/**
 * One HTTP request, with retries inside `timeoutMs`. `done` is a 2xx with a body (or, for `HEAD`, without one); `no-data` a
 * 2xx without; `failed` every other status, a refused address and every error of the way.
 * Values, with any outcome that an answer led to: `status` (number), `body` (text, cut at 64 kB), and `json` where the
 * body is JSON of at most 64 kB.
 */
interface FetchUrlOperation {
  name: 'fetch-url';
  method: HttpMethod;
  /** With its query; absolute. Empty where it is refused. */
  url: string;
  /** Why the address must not be called. */
  refusal?: string;
  headers: Record<string, string | SecretReference>;
  body?: HttpBody;
  auth?: HttpAuth;
  /** Only with a body. */
  sign?: HttpSignature;
  /** Further attempts after one that no answer came to, or 429, 502, 503 or 504: 0 to 5. */
  retries: number;
}

/**
 * Gives a bot what the customer said. `done` promises `responses` (texts, one at least, at most 10) and `raw` (what the bot
 * answered); no response at all is `no-data`.
 */
interface AskABotOperation {
  name: 'ask-a-bot';
  /** Name of the bot's account in the configuration; the deployment's only one where absent. */
  account?: string;
  message: string;
  /** At most this many responses, 1 to 10. */
  maxResponses: number;
}

/** Who said what in a talk with a language model. */
export interface TalkLine {
  by: 'customer' | 'model';
  text: string;
}

/** What a model may choose wherever it talks; no action may be called so. */
export const RESERVED_MODEL_CHOICES = ['done', 'hand-over'] as const;

/**
 * Asks a language model for its next step in a talk. `done` promises either `text` (what it says, at most 1,500 characters)
 * or `action`: the name of an allowed one, `done`, or `hand-over` with `why` (`asked` or `doubt`). Anything else is `failed`.
 */
interface AskModelOperation {
  name: 'ask-model';
  /** Name of the model in the configuration; the deployment's only one where absent. */
  account?: string;
  instructions: string;
  /** What it is told beside; nothing of the conversation that is not here or in `talk`. */
  shared: Record<string, Json>;
  talk: TalkLine[];
  actions: { name: string; description: string }[];
  /** Of one answer. */
  maxTokens: number;
}

/** `done` promises `isOpen` (true or false), and `nextChangeAt` (ISO 8601, in UTC) where there is one within two weeks. */
interface CheckBusinessHoursOperation {
  name: 'check-business-hours';
  /** Name of hours in the configuration; of the entry's or the service's where both this and `schedule` are absent. */
  hours?: string;
  schedule?: { open: OpeningTimes[]; closedOn: Closure[] };
  /** IANA zone; that of the hours, else of the account, else of the deployment where absent. */
  timeZone?: string;
}

/**
 * `done` promises `number`, at least 0 and below 1. With `sticky` the same customer of the same Page gets the same number
 * for the same text each time; else it is drawn.
 */
interface DrawNumberOperation {
  name: 'draw-number';
  sticky?: string;
}

/**
 * Looks for the customer among the contacts. `done` promises `matches` (how many, 1 at least) and, when it is 1, `contact`
 * (its fields, `id` among them), which is then the conversation's; nothing is merged. Nobody is `no-data`.
 */
interface IdentifyContactOperation {
  name: 'identify-contact';
  by: 'messenger-id' | 'email' | 'phone' | 'external-id' | 'custom-field';
  /** The custom field's name. */
  field?: string;
  /** The customer's own id in Messenger where absent. */
  value?: string;
}

interface ObjectCondition {
  field: string;
  is: 'equal' | 'not-equal' | 'empty' | 'not-empty';
  value?: string;
}

/**
 * `done` promises `records`, a list of maps (one at least) with the fields asked for, newest first; nothing found is
 * `no-data`. An activity is an earlier conversation of this customer.
 */
interface SearchObjectOperation {
  name: 'search-object';
  object: 'contact' | 'case' | 'activity';
  /** All of them hold. */
  where: ObjectCondition[];
  /** All fields where empty. */
  fields: string[];
  /** 1 to 100. */
  limit: number;
}

/**
 * `done` promises `id` (text) and, for a case, `number` (text). The customer has a contact from their first message on: that
 * one is completed.
 */
interface CreateObjectOperation {
  name: 'create-object';
  object: 'contact' | 'case';
  fields: Record<string, string | number | boolean>;
}

/**
 * Looks for agents and services by a part of their names. `done` promises `records`, a list of
 * `{ kind: 'user' | 'service', name, title }` (one at least); nothing found is `no-data`.
 */
interface SearchDirectoryOperation {
  name: 'search-directory';
  text: string;
  kind?: 'user' | 'service';
  /** 1 to 100. */
  limit: number;
}

/** `done` promises `user`: `{ username, name, role, skills: { [name]: level }, slots }`; nobody of that name is `no-data`. */
interface GetUserConfigurationOperation {
  name: 'get-user-configuration';
  username: string;
}

/**
 * `done` promises `survey` (an `AskedSurvey`, in the language that is asked for as far as somebody wrote it); `no-data` where
 * there is none of the name, or the conversation's service has none.
 */
interface GetSurveyOperation {
  name: 'get-survey';
  /** That of the conversation's service where absent. */
  survey?: string;
  language?: string;
}

/**
 * `done` promises numbers: `position` (the place a conversation asking now would get, from 1; of one that waits its own),
 * `waiting`, `ewtSeconds` (expected wait), `agentsLoggedIn`, `agentsReady` (with a free slot), `oldestWaitingSeconds` (0 for
 * nobody).
 */
interface GetStatisticsOperation {
  name: 'get-statistics';
  /** The conversation's own where absent. */
  service?: string;
  skills: string[];
}

/**
 * `done` promises `state` (`ready`, `not-ready`, `busy` or `logged-out`), `reason` (text, '' without), `chats` and `slots`
 * (numbers); nobody of that name is `no-data`.
 */
interface GetAgentStateOperation {
  name: 'get-agent-state';
  username: string;
}

/** `failed` for an agent who is not logged in or not known. Promises no values. */
interface SetAgentStateOperation {
  name: 'set-agent-state';
  username: string;
  state: 'ready' | 'not-ready' | 'logged-out';
  reason?: string;
}

/** Leaves a text for users of the console. Promises no values. */
interface InternalMessageOperation {
  name: 'internal-message';
  /** A user name; or a service, for everybody who serves it. */
  username: string;
  text: string;
}

/** `done` when the mail server has taken it. Promises no values. */
interface EmailOperation {
  name: 'email';
  to: string[];
  cc: string[];
  subject: string;
  text: string;
  replyTo?: string;
}

/** What a block tells the world without waiting for an answer: recorded with the conversation, at once. */
export type Annotation =
  | { name: 'log'; level: 'info' | 'warning' | 'error'; text: string }
  /** For the next Find Agent, which carries it itself; a record of what was decided. 0 to 100. */
  | { name: 'set-priority'; priority: number }
  /** As `set-priority`: what the next Find Agent will ask for. */
  | { name: 'request-skill-or-service'; skills: string[]; service?: string }
  | { name: 'self-service-provided' }
  | SurveyResponse
  /** How far a survey has come; each says all. */
  | ({ name: 'survey' } & SurveyProgress)
  | { name: 'set-disposition'; disposition: string; comment?: string }
  | { name: 'set-custom-reporting-field'; fields: Record<string, string> }
  /** `replace`: instead of the conversation's cases, else beside them. */
  | { name: 'set-case'; caseId: string; replace: boolean }
  /** Shown to the agent and kept with the record. */
  | { name: 'attached-data'; data: Record<string, string> }
  /** An address shown beside the chat. */
  | { name: 'web-screen-pop'; url: string; title?: string };

/** Several in one conversation are one response: a later value of a field stands. */
interface SurveyResponse {
  name: 'save-survey-response';
  /** Satisfaction. */
  cs?: number;
  /** First contact resolution. */
  fcr?: boolean;
  /** Net promoter score, 0 to 10. */
  nps?: number;
  comment?: string;
  /** `custom1` to `custom9`. */
  custom: Record<string, string>;
}
