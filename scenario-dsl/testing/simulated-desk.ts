import type { DisconnectCause } from '../../contracts/conversation.ts';
import type { SettingText } from '../../contracts/setting-text.ts';
import type { Effect, FindAgentEffect } from '../machine/effect.ts';
import type { Agent, ScenarioEvent } from '../machine/scenario-event.ts';
import type { Agenda, Plan } from './agenda.ts';
import { parseTimeSpan } from './parse-time-span.ts';
import { getTurns, SimulatedAgents, type AgentState } from './simulated-agents.ts';
import type { QueueTarget, TestAgent } from './test-file-schema.ts';

type OfferEffect = Extract<Effect, { kind: 'connect-chat' }>;

/** How an entry ends the chat of a customer who falls silent; texts may be empty. */
export interface InactivitySetting {
  timeoutMs: number;
  warning: SettingText;
  closing: SettingText;
}

/** What agents need of the world around them. */
export interface DeskWorld {
  now: () => number;
  agenda: Agenda;
  note: (who: string, text: string) => void;
  tell: (event: ScenarioEvent) => void;
  /** The entry speaks, not the scenario. */
  announce: (text: SettingText) => void;
}

/** How long an agent is held for a chat that is not offered to them. Source: design section 5. */
const RESERVATION_MS = 60_000;

/** The agents' side of a conversation: search, offer, chat, and its end when the customer falls silent. */
export class SimulatedDesk {
  readonly agents: SimulatedAgents;
  search: FindAgentEffect | undefined;
  offered: Agent | undefined;
  talking: Agent | undefined;
  private isQueueFull = false;
  private place: QueueTarget = { position: 1 };
  private searchedAt = 0;
  private reserved: { agent: Agent; until: number } | undefined;
  private offerId = '';
  /** A destination that is asked for: nobody holds a slot of theirs yet. */
  private wanted: OfferEffect | undefined;
  private silence: Plan[] = [];
  private escalations: Plan[] = [];
  private readonly world: DeskWorld;
  private readonly inactivity: InactivitySetting;

  constructor(agents: Readonly<Record<string, TestAgent>>, inactivity: InactivitySetting, world: DeskWorld) {
    this.agents = new SimulatedAgents(agents);
    this.inactivity = inactivity;
    this.world = world;
  }

  startSearch(effect: FindAgentEffect): void {
    [this.search, this.searchedAt, this.reserved] = [effect, this.world.now(), undefined];
    this.cancelPlans(this.escalations);
    this.escalations = getTurns(effect).map((ms) =>
      this.world.agenda.plan(this.searchedAt + ms, () => this.matchAgent()),
    );
    this.matchAgent();
    this.tellPosition();
  }

  /** A full queue refuses searches; a place in it is what one that waits is told. */
  setQueue(queue: 'full' | 'open' | QueueTarget): void {
    if (typeof queue === 'string') {
      this.isQueueFull = queue === 'full';
      return;
    }
    this.place = queue;
    this.tellPosition();
  }

  cancelSearch(): void {
    this.reserved = undefined;
    this.endSearch();
  }

  /** The reserved agent is offered the chat; another destination is asked for, and the reservation given back. */
  offer(effect: OfferEffect): void {
    const { destination } = effect;
    const { reserved } = this;
    if (reserved && reserved.until >= this.world.now() && reserved.agent.username === usernameOf(destination)) {
      this.offerTo(reserved.agent, effect.id);
      return;
    }
    this.reserved = undefined;
    this.wanted = effect;
    this.matchDestination();
  }

  withdraw(outcome: 'no-answer' | 'rejected'): void {
    this.wanted = undefined;
    const agent = this.offered;
    if (!agent) return;
    if (outcome === 'no-answer') this.world.note(agent.username, '(does not answer)');
    this.agents.noteRefusal(agent.username);
    [this.offered, this.reserved] = [undefined, undefined];
  }

  /** The offered agent takes the chat. */
  accept(agent: Agent): void {
    this.world.note(agent.username, '(accepts)');
    [this.offered, this.reserved, this.talking] = [undefined, undefined, agent];
    this.agents.setState(agent.username, 'busy');
    this.world.tell({ type: 'offer.accepted', effectId: this.offerId, agent });
  }

  reject(agent: Agent): void {
    this.world.note(agent.username, '(rejects)');
    this.world.tell({ type: 'offer.rejected', effectId: this.offerId });
  }

  /** It is the customer's turn: the clock of inactivity runs from the agent's last word. */
  say(agent: Agent, text: string): void {
    this.world.note(agent.username, text);
    this.noteCustomerSpoke();
    const { timeoutMs, warning, closing } = this.inactivity;
    const { agenda } = this.world;
    const now = this.world.now();
    if (warning !== '') this.silence.push(agenda.plan(now + timeoutMs / 2, () => this.world.announce(warning)));
    this.silence.push(
      agenda.plan(now + timeoutMs, () => {
        if (closing !== '') this.world.announce(closing);
        this.world.note('', "the customer's side ends: inactivity");
        this.world.tell({ type: 'customer.left', cause: 'inactivity' });
      }),
    );
  }

  noteCustomerSpoke(): void {
    this.cancelPlans(this.silence);
    this.silence = [];
  }

  /** The agent's side of the chat ends. */
  endTalk(agent: Agent, cause: DisconnectCause): void {
    this.world.note(agent.username, `(leaves: ${cause})`);
    this.talking = undefined;
    this.noteCustomerSpoke();
    this.agents.setState(agent.username, cause === 'UserLogout' ? 'logged-out' : 'ready');
    this.world.tell({ type: 'chat.ended', effectId: this.offerId, cause });
  }

  /** Agents who come may be found, and a search is over when the last one goes. */
  setAgentState(username: string, state: AgentState): void {
    this.world.note(username, `(${state})`);
    this.agents.setState(username, state);
    this.matchAgent();
    this.matchDestination();
  }

  /** The conversation is over: whoever was in it is free. */
  close(): void {
    if (this.talking) this.agents.setState(this.talking.username, 'ready');
    this.noteCustomerSpoke();
    this.endSearch();
    [this.offered, this.talking, this.reserved, this.wanted] = [undefined, undefined, undefined, undefined];
  }

  private offerTo(agent: Agent, effectId: string): void {
    [this.offered, this.offerId] = [agent, effectId];
    this.world.note('', `the chat is offered to ${agent.username}`);
  }

  /** Who is named, or anybody of the entry, once they are ready; nobody where none of them is logged in. */
  private matchDestination(): void {
    const { wanted } = this;
    if (!wanted) return;
    const found = this.agents.findReady(usernameOf(wanted.destination));
    if (found === 'waiting') return;
    this.wanted = undefined;
    if (found === 'none') this.world.tell({ type: 'offer.rejected', effectId: wanted.id });
    else this.offerTo(found, wanted.id);
  }

  private endSearch(): void {
    this.search = undefined;
    this.cancelPlans(this.escalations);
    this.escalations = [];
  }

  private cancelPlans(plans: readonly Plan[]): void {
    for (const plan of plans) this.world.agenda.cancel(plan);
  }

  private tellPosition(): void {
    if (!this.search) return;
    const { position, waiting = position, ewt } = this.place;
    const ewtMs = ewt === undefined ? undefined : parseTimeSpan(ewt);
    const event = { type: 'queue.changed', effectId: this.search.id, position, waiting } as const;
    this.world.tell({ ...event, ...(ewtMs !== undefined && { ewtMs }) });
  }

  private matchAgent(): void {
    const { search } = this;
    if (!search) return;
    if (this.isQueueFull) {
      this.endSearch();
      this.world.tell({ type: 'agent.queue-limit', effectId: search.id });
      return;
    }
    const now = this.world.now();
    const found = this.agents.search(search, now - this.searchedAt);
    if (found.outcome === 'waiting') return;
    this.endSearch();
    if (found.outcome === 'none') {
      this.world.tell({ type: 'agent.none', effectId: search.id });
      return;
    }
    this.reserved = { agent: found.agent, until: now + RESERVATION_MS };
    this.world.tell({ type: 'agent.reserved', effectId: search.id, agent: found.agent });
  }
}

/** Undefined for an entry, any of whose agents will do. */
function usernameOf(destination: OfferEffect['destination']): string | undefined {
  if (typeof destination === 'string') return destination;
  return 'username' in destination ? destination.username : undefined;
}
