import type { ReportName } from '../contracts/report.ts';
import type { ReportDefinition } from './definition.ts';
import { agentPerformance, teamPerformance } from './definitions/agent-performance.ts';
import { agentActivity, agentTimeAllocation } from './definitions/agent-time.ts';
import { botContainment } from './definitions/bot-containment.ts';
import { dispositions } from './definitions/dispositions.ts';
import { evaluationQuestions, evaluations } from './definitions/evaluations.ts';
import { messages } from './definitions/messages.ts';
import { requestedSkills } from './definitions/requested-skills.ts';
import { scenarioBlocks } from './definitions/scenario-blocks.ts';
import { scenarioPaths } from './definitions/scenario-paths.ts';
import { serviceInTime } from './definitions/service-in-time.ts';
import { serviceMetrics } from './definitions/service-metrics.ts';
import { surveyQuestions, surveys } from './definitions/surveys.ts';
import { virtualQueue } from './definitions/virtual-queue.ts';

/** Every report by its name; the compiler asks for a new one. */
export const reportDefinitions: Readonly<Record<ReportName, ReportDefinition>> = {
  'service-in-time': serviceInTime,
  'service-metrics': serviceMetrics,
  'agent-performance': agentPerformance,
  'team-performance': teamPerformance,
  'agent-activity': agentActivity,
  'agent-time-allocation': agentTimeAllocation,
  dispositions,
  'requested-skills': requestedSkills,
  'virtual-queue': virtualQueue,
  'scenario-blocks': scenarioBlocks,
  'scenario-paths': scenarioPaths,
  'bot-containment': botContainment,
  messages,
  evaluations,
  'evaluation-questions': evaluationQuestions,
  surveys,
  'survey-questions': surveyQuestions,
};
