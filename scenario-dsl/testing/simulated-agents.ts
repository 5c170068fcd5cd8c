import type { FindAgentEffect } from '../machine/effect.ts';
import type { Agent } from '../machine/scenario-event.ts';
import type { TestAgent } from './test-file-schema.ts';

export type AgentState = 'ready' | 'not-ready' | 'logged-out' | 'busy';

interface SimulatedAgent extends Agent {
  skills: Record<string, number>;
  state: AgentState;
  hasRefused: boolean;
}

/** What a search finds at a moment. */
export type SearchResult = { outcome: 'found'; agent: Agent } | { outcome: 'none' } | { outcome: 'waiting' };

/** The agents of a test, one chat each, chosen as the dispatcher chooses: who has the skills and is free; who refused last. */
export class SimulatedAgents {
  private readonly agents: ReadonlyMap<string, SimulatedAgent>;

  constructor(agents: Readonly<Record<string, TestAgent>>) {
    this.agents = new Map(
      Object.entries(agents).map(([username, { name = username, skills = {}, state = 'ready' }]) => [
        username,
        { username, name, skills, state, hasRefused: false },
      ]),
    );
  }

  get usernames(): string[] {
    return [...this.agents.keys()];
  }

  find(username: string): SimulatedAgent | undefined {
    return this.agents.get(username);
  }

  setState(username: string, state: AgentState): void {
    const agent = this.agents.get(username);
    if (agent) agent.state = state;
  }

  /** An agent who refused is Not ready and, once they are ready again, the last to be asked. */
  noteRefusal(username: string): void {
    const agent = this.agents.get(username);
    if (!agent) return;
    agent.hasRefused = true;
    if (agent.state === 'ready') agent.state = 'not-ready';
  }

  /** Those with the skills. */
  count(skills: readonly string[]): { agentsLoggedIn: number; agentsReady: number } {
    const capable = this.listCapable(skills, 1);
    return { agentsLoggedIn: capable.length, agentsReady: capable.filter(({ state }) => state === 'ready').length };
  }

  /** `waitedMs`: since the search began; it decides how far the search has widened, and whether the last agent is still waited for. */
  search({ skills, intervals, lastAgent }: FindAgentEffect, waitedMs: number): SearchResult {
    const [now, ...toCome] = getIntervalsFrom(intervals, waitedMs).map((interval) =>
      this.listCapable(interval.skills ?? skills, Math.max(1, interval.minLevel)),
    );
    const capable = now ?? [];
    // Whoever a later interval asks for is waited for.
    if (capable.length === 0) return { outcome: toCome.some(({ length }) => length > 0) ? 'waiting' : 'none' };
    const last = capable.find(({ username, hasRefused }) => username === lastAgent?.username && !hasRefused);
    const wanted = last && waitedMs < (lastAgent?.waitMs ?? 0) ? [last] : capable;
    const free = wanted.filter(({ state }) => state === 'ready');
    const chosen = free.find(({ hasRefused }) => !hasRefused) ?? free[0];
    if (!chosen) return { outcome: 'waiting' };
    return { outcome: 'found', agent: { username: chosen.username, name: chosen.name } };
  }

  /** The one of that name, or whoever is ready; `none` where nobody of them is logged in. */
  findReady(username: string | undefined): Agent | 'waiting' | 'none' {
    const asked = [...this.agents.values()].filter((agent) => username === undefined || agent.username === username);
    const present = asked.filter(({ state }) => state !== 'logged-out');
    const free = present.filter(({ state }) => state === 'ready');
    const chosen = free.find(({ hasRefused }) => !hasRefused) ?? free[0];
    if (chosen) return { username: chosen.username, name: chosen.name };
    return present.length > 0 ? 'waiting' : 'none';
  }

  private listCapable(skills: readonly string[], minLevel: number): SimulatedAgent[] {
    return [...this.agents.values()].filter(
      (agent) => agent.state !== 'logged-out' && skills.every((skill) => (agent.skills[skill] ?? 0) >= minLevel),
    );
  }
}

/** The moments, from the search's beginning, at which others can be found than before. */
export function getTurns({ intervals, lastAgent }: FindAgentEffect): number[] {
  return [...getEscalations(intervals), ...(lastAgent ? [lastAgent.waitMs] : [])];
}

function getEscalations(intervals: FindAgentEffect['intervals']): number[] {
  let from = 0;
  return intervals.slice(0, -1).map(({ forMs }) => (from += forMs));
}

/** The interval that holds at a moment, and those that follow it. */
function getIntervalsFrom(intervals: FindAgentEffect['intervals'], waitedMs: number): FindAgentEffect['intervals'] {
  return intervals.slice(getEscalations(intervals).filter((at) => at <= waitedMs).length);
}
