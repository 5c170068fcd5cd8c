import type { FigureName, ReportDimension, ReportName } from '../contracts/report.ts';
import type { Calendar } from './calendar.ts';
import type { AgentStory } from './story/agent-story.ts';
import type { Chronicle, ConversationStory } from './story/conversation-story.ts';

/** What is summed up beside the figures that are shown as they are: parts of averages and percentages. */
type PartName =
  | 'settled'
  | 'waitMs'
  | 'answered'
  | 'answeredMs'
  | 'handledMs'
  | 'decided'
  | 'chatsOver'
  | 'chatsOverMs'
  | 'positions'
  | 'compared'
  | 'expectedMs'
  | 'cameTrueMs'
  | 'errorMs'
  | 'tooShort'
  | 'over'
  | 'handedOverOver'
  | 'toHandOverMs'
  | 'scores'
  | 'scored'
  | 'pointsGiven'
  | 'pointsPossible'
  | 'surveyScores'
  | 'surveyScored'
  | 'scaleValues'
  | 'scaleAnswers';
export type ValueName = FigureName | PartName;

/** By what a fact is known. Several of a kind (the skills of a wait, the teams of an agent): it counts for each, and once in all. */
export type FactLabels = Partial<Record<ReportDimension, string | readonly string[]>>;

/** One thing that happened, as a report counts it. */
export interface Fact {
  /** When it is booked, in epoch milliseconds. */
  at: number;
  /** What it is of; a fact of an agent's state is of none. */
  conversationId?: string;
  labels: FactLabels;
  values: Partial<Record<ValueName, number>>;
}

/** What the definitions may ask beside the history: the configuration as it is now, and the clock. */
export interface ReportContext {
  calendar: Calendar;
  /** When the history was read: what still goes on has lasted until then. */
  now: number;
  /** Within which time a service is to have an agent. */
  targetMs: (service: string | undefined) => number;
  teamsOf: (agent: string) => readonly string[];
}

/** A conversation, and what was read in it. */
export interface ReadConversation {
  story: ConversationStory;
  chronicle: Chronicle;
}

/** A versioned definition: what it counts, by what it tells it apart, and what happens at the edges. */
export interface ReportDefinition {
  name: ReportName;
  /** Rises when a number may come out otherwise. */
  version: number;
  title: string;
  /** What it answers, in a sentence. */
  about: string;
  /** When what it counts is booked. */
  bookedAt: string;
  dimensions: readonly ReportDimension[];
  figures: readonly FigureName[];
  /** The figure that is drawn. */
  drawn: FigureName;
  /** Whose figures a supervisor with teams sees: of the teams' services, or of their people. */
  scope: 'service' | 'agent';
  edgeCases: readonly string[];
  /** What it needs beside the events. */
  needs?: { deliveries?: true; dispositions?: true; evaluations?: true; agents?: true; noConversations?: true };
  ofConversation?: (read: ReadConversation, context: ReportContext) => Fact[];
  ofAgent?: (story: AgentStory, context: ReportContext) => Fact[];
}

/** How many figures of a fact are one: a yes. */
export const yes = (is: boolean): number => (is ? 1 : 0);

/** Labels that every fact of a conversation has. */
export function labelsOf({ entry, scenario }: Chronicle, more: FactLabels = {}): FactLabels {
  return {
    ...(entry !== undefined && { entry }),
    ...(scenario !== undefined && { scenario }),
    ...more,
  };
}

/** Labels of a service and an agent, where there are such. */
export function labelsOfWork(
  chronicle: Chronicle,
  { service, agent }: { service?: string | undefined; agent?: string | undefined },
  { teamsOf }: ReportContext,
): FactLabels {
  return labelsOf(chronicle, {
    ...(service !== undefined && { service }),
    ...(agent !== undefined && { agent, team: teamsOf(agent) }),
  });
}
