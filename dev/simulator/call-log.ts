import type { Changes } from './changes.ts';

/** How a webhook call was not the plain first one: tried again, sent though it was taken, signed with a wrong secret. */
export type CallNote = 'retry' | 'again' | 'forged';

interface BegunCall {
  at: number;
  /** `webhook`: we called Attendant; `graph`: Attendant called us. */
  direction: 'webhook' | 'graph';
  pageId?: string | undefined;
  method: string;
  /** Without its query, which holds secrets. */
  path: string;
  body?: Buffer | object | undefined;
  note?: CallNote | undefined;
}

/** How a call ended; without a status no answer came, or none was given. */
interface CallEnd {
  status?: number | undefined;
  answer?: string | undefined;
  ms: number;
}

type KeptCall = BegunCall & { id: number; revision: number; end?: CallEnd };

/** A call as it is shown: bodies as JSON text, without secrets. */
export interface LoggedCall extends Omit<BegunCall, 'body'> {
  id: number;
  body?: string;
  state: 'open' | 'answered' | 'lost';
  status?: number | undefined;
  answer?: string | undefined;
  ms?: number;
}

const MOST_CALLS = 500;
const LONGEST_BODY = 32_000;
const SECRET = /token|secret|proof/i;

/** The last calls in both directions, in memory. Bodies become text when somebody looks. */
export class CallLog {
  readonly #changes: Changes;
  /** Changes with each process: whoever kept a list from before begins anew. */
  readonly #run = Date.now().toString(36);
  #clearings = 0;
  #calls: KeptCall[] = [];
  #revision = 0;
  #nextId = 1;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** Notes a call that begins and gives the way to note its end. */
  begin(call: BegunCall): (end: CallEnd) => void {
    const kept: KeptCall = { ...call, id: this.#nextId++, revision: ++this.#revision };
    this.#calls.push(kept);
    // Cut by halves: cutting one at a time would move the whole list for each call.
    if (this.#calls.length >= 2 * MOST_CALLS) this.#calls = this.#calls.slice(-MOST_CALLS);
    this.#changes.tell('log');
    return (end) => {
      kept.end = end;
      kept.revision = ++this.#revision;
      this.#changes.tell('log');
    };
  }

  clear(): void {
    this.#calls = [];
    this.#clearings += 1;
    this.#changes.tell('log');
  }

  /** Calls that began or ended since a revision, oldest first. Another `epoch` than before: what was kept is void. */
  since(revision: number): { items: LoggedCall[]; revision: number; epoch: string } {
    const calls = this.#calls.slice(-MOST_CALLS).filter((call) => call.revision > revision);
    return { items: calls.map(toLogged), revision: this.#revision, epoch: `${this.#run}-${this.#clearings}` };
  }
}

function toLogged({ body, end, revision: _revision, ...call }: KeptCall): LoggedCall {
  const state = end === undefined ? 'open' : end.status === undefined ? 'lost' : 'answered';
  return { ...call, state, ...(body !== undefined && { body: toText(body) }), ...end };
}

function toText(body: Buffer | object): string {
  const text = Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body, withoutSecrets);
  return text.slice(0, LONGEST_BODY);
}

function withoutSecrets(key: string, value: unknown): unknown {
  return SECRET.test(key) && typeof value === 'string' ? '…' : value;
}
