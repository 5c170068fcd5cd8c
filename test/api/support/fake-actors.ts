import { AppError } from '../../../contracts/app-error.ts';
import type { SurgeryAnswer, SurgeryOrder } from '../../../contracts/surgery.ts';
import type {
  AgentStatusView,
  DeskSnapshot,
  LiveScenario,
  QueueSnapshot,
  RoutingExplanation,
} from '../../../contracts/actor-messages.ts';
import type { Actors } from '../../../adapters/temporal/actors.ts';
import type { AgentCommandResult, IssuedCommand } from '../../../contracts/agent-command.ts';

type Received<Name extends keyof Actors> = Parameters<Actors[Name]>;

/** Actors that note what they are told, and fail or refuse where a test wants it. */
export interface FakeActors extends Actors {
  delivered: Received<'deliverCustomerEvents'>[];
  threadOwners: Received<'tellThreadOwner'>[];
  agentStates: Received<'tellAgentState'>[];
  presences: Received<'tellPresence'>[];
  afterWork: Received<'tellAfterWork'>[];
  /** By conversation. */
  explanations: Map<string, RoutingExplanation>;
  agentStatuses: Map<string, AgentStatusView>;
  /** By group. */
  desks: Map<string, DeskSnapshot>;
  configurations: Received<'tellConfiguration'>[];
  reactions: Received<'tellReaction'>[];
  blocked: Received<'tellBlocked'>[];
  begun: Received<'beginOutbound'>[];
  onBegin: (beginning: Received<'beginOutbound'>[1]) => void;
  pages: Received<'notifyPage'>[];
  released: string[];
  commands: IssuedCommand[];
  /** By workflow. */
  liveScenarios: Map<string, LiveScenario>;
  operated: [workflowId: string, order: SurgeryOrder][];
  operatedTo: SurgeryAnswer;
  moves: Received<'startMove'>[];
  stoppedMoves: string[];
  queues: Map<string, QueueSnapshot>;
  isAway: boolean;
  answer: (command: IssuedCommand) => AgentCommandResult;
}

export function createFakeActors(): FakeActors {
  const note = async <Item>(list: Item[], item: Item): Promise<void> => {
    if (actors.isAway) throw new AppError('SERVICE_UNAVAILABLE');
    list.push(item);
  };
  const actors: FakeActors = {
    delivered: [],
    threadOwners: [],
    agentStates: [],
    presences: [],
    afterWork: [],
    explanations: new Map(),
    agentStatuses: new Map(),
    desks: new Map(),
    configurations: [],
    reactions: [],
    blocked: [],
    begun: [],
    onBegin: () => undefined,
    pages: [],
    released: [],
    commands: [],
    liveScenarios: new Map(),
    operated: [],
    operatedTo: { outcome: 'refused', reason: 'changed' },
    moves: [],
    stoppedMoves: [],
    queues: new Map(),
    isAway: false,
    answer: ({ conversationId }) => ({ conversationId }),
    async deliverCustomerEvents(...told) {
      await note(actors.delivered, told);
      return true;
    },
    tellThreadOwner: (...told) => note(actors.threadOwners, told),
    tellAgentState: (...told) => note(actors.agentStates, told),
    tellAfterWork: (...told) => note(actors.afterWork, told),
    tellPresence: (...told) => note(actors.presences, told),
    tellConfiguration: (...told) => note(actors.configurations, told),
    tellBlocked: (...told) => note(actors.blocked, told),
    tellReaction: (...told) => note(actors.reactions, told),
    notifyPage: (...told) => note(actors.pages, told),
    async releaseParts(workflowId) {
      await note(actors.released, workflowId);
      return true;
    },
    async runCommand(_workflowId, command) {
      await note(actors.commands, command as IssuedCommand);
      return actors.answer(command as IssuedCommand) as never;
    },
    async beginOutbound(...told) {
      await note(actors.begun, told);
      actors.onBegin(told[1]);
    },
    moveConversation: async () => ({ outcome: 'refused', reason: 'there' }),
    async operateConversation(...told) {
      await note(actors.operated, told);
      return actors.operatedTo;
    },
    getLiveScenario: async (workflowId) => actors.liveScenarios.get(workflowId),
    startMove: (...told) => note(actors.moves, told),
    stopMove: (id) => note(actors.stoppedMoves, id),
    notifyConversation: async () => true,
    isRunning: async () => true,
    tellDispatcher: async () => undefined,
    getQueue: async (group) => actors.queues.get(group),
    getQueueStatistics: async () => undefined,
    getAgentStatus: async (_group, username) => actors.agentStatuses.get(username),
    getDesk: async (group) => actors.desks.get(group),
    explainRouting: async (_group, conversationId) => actors.explanations.get(conversationId),
    explainWaits: async (_group, ids) =>
      ids.flatMap((conversationId) => {
        const waiting = actors.explanations.get(conversationId)?.waiting;
        return waiting ? [{ conversationId, waiting, agents: [] }] : [];
      }),
    deleteConversationRuns: async () => 0,
    async ping() {
      if (actors.isAway) throw new AppError('SERVICE_UNAVAILABLE');
    },
  };
  return actors;
}
