import type { BlockState } from '../machine/run-setup.ts';
import { abSplit } from './a-b-split.ts';
import { aiAgent } from './ai-agent.ts';
import { askABot } from './ask-a-bot.ts';
import { attachedData } from './attached-data.ts';
import type {
  BlockBehaviour,
  BlockExit,
  BlockReference,
  BlockWay,
  BlockWiring,
  SentText,
  WayTaker,
} from './block-behaviour.ts';
import type { BlockFields, BlockType } from './block-types-schema.ts';
import { businessHours } from './business-hours.ts';
import { chatBotSelectAccount } from './chat-bot-select-account.ts';
import { collect } from './collect.ts';
import { comment } from './comment.ts';
import { connectChat } from './connect-chat.ts';
import { createObject } from './create-object.ts';
import { email } from './email.ts';
import { exceptionHandler } from './exception-handler.ts';
import { exit } from './exit.ts';
import { fetchUrl } from './fetch-url.ts';
import { findAgent } from './find-agent.ts';
import { getAgentState } from './get-agent-state.ts';
import { getNextRecord } from './get-next-record.ts';
import { getStatistics } from './get-statistics.ts';
import { survey } from './survey.ts';
import { getUserConfiguration } from './get-user-configuration.ts';
import { goto } from './goto.ts';
import { identifyContact } from './identify-contact.ts';
import { ifBlock } from './if.ts';
import { internalMessage } from './internal-message.ts';
import { log } from './log.ts';
import { requestInput } from './request-input.ts';
import { requestSkillOrService } from './request-skill-or-service.ts';
import { returnBlock } from './return.ts';
import { saveSurveyResponse } from './save-survey-response.ts';
import { searchDirectory } from './search-directory.ts';
import { searchObject } from './search-object.ts';
import { selfServiceProvided } from './self-service-provided.ts';
import { sendMessage } from './send-message.ts';
import { setAgentState } from './set-agent-state.ts';
import { setCase } from './set-case.ts';
import { setCustomReportingField } from './set-custom-reporting-field.ts';
import { setDisposition } from './set-disposition.ts';
import { setPriority } from './set-priority.ts';
import { setVariable } from './set-variable.ts';
import { startAnotherScenario } from './start-another-scenario.ts';
import { switchBlock } from './switch.ts';
import { wait } from './wait.ts';
import { webScreenPop } from './web-screen-pop.ts';

/** What every block type does. Its twin with the fields' schemas, kept out of the workflow bundle, is `block-types-schema.ts`. */
const blockBehaviours: { [Type in BlockType]: BlockBehaviour<BlockFields[Type]> } = {
  'a-b-split': abSplit,
  'ai-agent': aiAgent,
  'ask-a-bot': askABot,
  'attached-data': attachedData,
  'business-hours': businessHours,
  'chat-bot-select-account': chatBotSelectAccount,
  collect,
  comment,
  'connect-chat': connectChat,
  'create-object': createObject,
  email,
  'exception-handler': exceptionHandler,
  exit,
  'fetch-url': fetchUrl,
  'find-agent': findAgent,
  'get-agent-state': getAgentState,
  'get-next-record': getNextRecord,
  'get-statistics': getStatistics,
  'get-user-configuration': getUserConfiguration,
  goto,
  'identify-contact': identifyContact,
  if: ifBlock,
  'internal-message': internalMessage,
  log,
  'request-input': requestInput,
  'request-skill-or-service': requestSkillOrService,
  return: returnBlock,
  survey,
  'save-survey-response': saveSurveyResponse,
  'search-directory': searchDirectory,
  'search-object': searchObject,
  'self-service-provided': selfServiceProvided,
  'send-message': sendMessage,
  'set-agent-state': setAgentState,
  'set-case': setCase,
  'set-custom-reporting-field': setCustomReportingField,
  'set-disposition': setDisposition,
  'set-priority': setPriority,
  'set-variable': setVariable,
  'start-another-scenario': startAnotherScenario,
  switch: switchBlock,
  wait,
  'web-screen-pop': webScreenPop,
};

/** What of a block tells how it behaves. `fields` are those of the type: a block of a document that was checked. */
interface TypedFields {
  readonly type: BlockType;
  readonly fields: unknown;
  readonly exits?: Readonly<Record<string, string>>;
}

/**
 * A block without its machine. `pauses`: it waits for a person or an agent; a loop without such a block never ends. `hearing`:
 * what the customer writes meanwhile comes to a scenario that listens, to one that is at work and listens next, or to an agent.
 */
export interface BlockWays {
  exits: BlockExit[];
  references: BlockReference[];
  ways: BlockWay[];
  pauses: boolean;
  hearing: 'listens' | 'works' | 'agent';
  says: string | undefined;
}

/** Every text of a block that Messenger bounds, with the way to it from the block's type. */
export function getSentTexts(block: TypedFields): SentText[] {
  return getBehaviour(block).texts?.(block.fields) ?? [];
}

/** The exits that a block has, wired or not. A compiler asks for no more: an If's conditions are parsed once then. */
export function getBlockExits(block: TypedFields): BlockExit[] {
  return getBehaviour(block).exits?.(block.fields) ?? [];
}

/** Whether a way is taken by a person, an agent or a clock; the others come by themselves, at once. */
const PAUSES: Readonly<Record<WayTaker, boolean>> = {
  scenario: false,
  delivery: false,
  'failed-send': false,
  customer: true,
  'customer-left': false,
  clock: true,
  reservation: true,
  'no-agents': false,
  refusal: true,
  'chat-end': true,
  answer: false,
  'failed-operation': false,
  'empty-list': false,
};

/** Where a block can lead, and whether it waits for somebody there. */
export function getBlockWays(block: TypedFields): BlockWays {
  const known = waysByBlock.get(block);
  if (known) return known;
  const ways = readBlockWays(block);
  waysByBlock.set(block, ways);
  return ways;
}

/** A block is never changed, and every check and the compiler ask: an If's conditions are parsed once for all of them. */
const waysByBlock = new WeakMap<TypedFields, BlockWays>();

function readBlockWays(block: TypedFields): BlockWays {
  const behaviour = getBehaviour(block);
  const exits = getBlockExits(block);
  const neverTaken = new Set(exits.flatMap((way) => (isNeverTaken(block, way) ? way.name : [])));
  const ways = behaviour.ways(block.fields).filter(({ way }) => !neverTaken.has(way));
  return {
    exits,
    references: behaviour.references?.(block.fields) ?? [],
    ways,
    pauses: ways.some(({ by }) => PAUSES[by]) && ways.every(({ by }) => by !== 'scenario'),
    hearing: readHearing(ways),
    says: behaviour.says?.(block.fields),
  };
}

function isNeverTaken({ exits = {} }: TypedFields, { name, unwired }: BlockExit): boolean {
  return unwired === 'not-taken' && !Object.hasOwn(exits, name);
}

/** A question, a pause and a queue listen. */
function readHearing(ways: readonly BlockWay[]): BlockWays['hearing'] {
  if (ways.some(({ by }) => by === 'chat-end')) return 'agent';
  return ways.some(({ by }) => by === 'customer' || by === 'clock' || by === 'reservation') ? 'listens' : 'works';
}

/** Compiles one block. */
export function createBlockState(block: TypedFields, wiring: BlockWiring): BlockState {
  return getBehaviour(block).state(block.fields, wiring);
}

/** Loses the tie between a block's type and its fields, which TypeScript cannot carry through a look-up; `ScenarioBlock` has it. */
function getBehaviour({ type }: TypedFields): BlockBehaviour<unknown> {
  return blockBehaviours[type];
}
