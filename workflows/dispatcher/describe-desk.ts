import type { DeskQuestion, DeskSnapshot } from '../../contracts/actor-messages.ts';
import { countLoad } from './capacity.ts';
import type { DispatcherState } from './dispatcher-state.ts';
import { hasSkills, isLoggedIn, judgeAvailability, type Moment } from './judge-agents.ts';
import { describeAgent, expectedWaitMs } from './statistics.ts';

/** Who of the group could be given a chat now, and how busy its services are: for an agent who hands one over. */
export function describeDesk(state: DispatcherState, { services, service }: DeskQuestion, now: number): DeskSnapshot {
  const moment = { loads: countLoad(state), now };
  return {
    group: state.group,
    agents: Object.values(state.agents).map((agent) => {
      const { username } = agent;
      const status = describeAgent(state, username, moment);
      const verdict = judgeAvailability(state, agent, { ...moment, service });
      return { username, verdict, ...(status && { status }) };
    }),
    services: services.map((each) => describeService(state, each, moment)),
  };
}

/** Served by whoever has one of its skills. The expected wait is that of the whole queue: its agents are shared. */
function describeService(
  state: DispatcherState,
  { name, skills }: DeskQuestion['services'][number],
  moment: Moment,
): DeskSnapshot['services'][number] {
  const loggedIn = Object.values(state.agents).filter(
    (agent) => hasSkills(agent, { skills: [], anySkillOf: skills }) && isLoggedIn(state, agent.username),
  );
  const free = loggedIn.filter((agent) => judgeAvailability(state, agent, { ...moment, service: name }) === 'free');
  const waiting = state.waiting.filter(({ service }) => service === name);
  const position = state.waiting.length + 1;
  const ewtMs = free.length >= position ? 0 : expectedWaitMs(state, position, moment.now);
  return {
    name,
    waiting: waiting.length,
    oldestWaitingMs: waiting.reduce((oldest, { queuedAt }) => Math.max(oldest, moment.now - queuedAt), 0),
    agentsLoggedIn: loggedIn.length,
    agentsReady: free.length,
    ...(loggedIn.length > 0 && { ewtMs }),
  };
}
