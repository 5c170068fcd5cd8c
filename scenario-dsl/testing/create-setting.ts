import { DEFAULT_CONVERSATION_SETTINGS } from '../../contracts/conversation-context.ts';
import type { CompiledScenario } from '../compile/compile-scenario.ts';
import { readMoment } from '../expression/calendar.ts';
import { getTimeZone } from '../expression/place.ts';
import { toInstant } from '../expression/zones.ts';
import { defaultVariables } from './default-variables.ts';
import { parseTimeSpan } from './parse-time-span.ts';
import type { ChatSetting } from './simulated-chat.ts';
import type { InactivitySetting } from './simulated-desk.ts';
import type { TestFile, TestInactivity } from './test-file-schema.ts';

type Settings = Pick<TestFile, 'agents' | 'variables' | 'onError' | 'inactivity' | 'answers' | 'now' | 'lastAgent'>;

/** Where nothing else is said a chat begins on 15 January 2027, 8:00 UTC, a Friday. */
const EPOCH = 1_800_000_000_000;

/** What a chat of a test begins with: the test's own settings, then those of its file, then the world's. */
export function createSetting({ place }: CompiledScenario, file: Settings, test: Settings = {}): ChatSetting {
  const variables = { ...defaultVariables, ...file.variables, ...test.variables };
  const beginsAt = readBeginning(test.now ?? file.now, getTimeZone({ ...variables, ...place }));
  const last = test.lastAgent ?? file.lastAgent;
  return {
    agents: { ...file.agents, ...test.agents },
    variables,
    onError: test.onError ?? file.onError,
    answers: { ...file.answers, ...test.answers },
    beginsAt,
    lastAgent: last && { username: last.agent, at: beginsAt - (parseTimeSpan(last.ago) ?? 0) },
    inactivity: toInactivity({ ...file.inactivity, ...test.inactivity }),
  };
}

/** A day begins at its midnight; a time without an offset is what clocks show there. */
function readBeginning(now: string | undefined, timeZone: string): number {
  const moment = readMoment(now, timeZone);
  if (!moment) return EPOCH;
  return moment.hasTime ? moment.ms : toInstant(timeZone, moment.ms);
}

function toInactivity({ timeout = '', warning, closing }: TestInactivity): InactivitySetting {
  const { inactivityTimeoutMs, inactivityWarning, inactivityClosing } = DEFAULT_CONVERSATION_SETTINGS;
  return {
    timeoutMs: parseTimeSpan(timeout) ?? inactivityTimeoutMs,
    warning: warning ?? inactivityWarning,
    closing: closing ?? inactivityClosing,
  };
}
