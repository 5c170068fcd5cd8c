import { AppError } from '../../../contracts/app-error.ts';
import type { Actors, CommandResponse, ConversationCommand } from '../../../api/actors.ts';

type Received<Name extends keyof Actors> = Parameters<Actors[Name]>;

/** Actors that note what they are told, and fail or refuse where a test wants it. */
export interface FakeActors extends Actors {
  delivered: Received<'deliverCustomerEvents'>[];
  threadOwners: Received<'tellThreadOwner'>[];
  agentStates: Received<'tellAgentState'>[];
  presences: Received<'tellPresence'>[];
  configurations: Received<'tellConfiguration'>[];
  reactions: Received<'tellReaction'>[];
  pages: Received<'tellPage'>[];
  released: string[];
  commands: ConversationCommand[];
  isAway: boolean;
  answer: (command: ConversationCommand) => CommandResponse;
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
    configurations: [],
    reactions: [],
    pages: [],
    released: [],
    commands: [],
    isAway: false,
    answer: ({ conversationId }) => ({ conversationId }),
    async deliverCustomerEvents(...told) {
      await note(actors.delivered, told);
      return true;
    },
    tellThreadOwner: (...told) => note(actors.threadOwners, told),
    tellAgentState: (...told) => note(actors.agentStates, told),
    tellPresence: (...told) => note(actors.presences, told),
    tellConfiguration: (...told) => note(actors.configurations, told),
    tellReaction: (...told) => note(actors.reactions, told),
    tellPage: (...told) => note(actors.pages, told),
    releaseParts: (workflowId) => note(actors.released, workflowId),
    async runCommand(_workflowId, command) {
      await note(actors.commands, command);
      return actors.answer(command);
    },
    deleteConversationRuns: async () => 0,
    async ping() {
      if (actors.isAway) throw new AppError('SERVICE_UNAVAILABLE');
    },
  };
  return actors;
}
