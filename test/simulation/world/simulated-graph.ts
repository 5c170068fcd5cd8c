import { classifyGraphError } from '../../../adapters/messenger/graph-errors.ts';
import type { GraphClient, MessageToSend, SendOutcome } from '../../../adapters/messenger/graph-client.ts';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import type { WorkerProcess } from '../temporal/worker-process.ts';
import type { Fault, GraphResponse } from './plan.ts';

/** A message as the customer saw it. */
export interface DeliveredMessage {
  partId: string;
  psid: string;
  text: string;
  at: number;
  mid: string;
}

/** Meta's side of the world. */
export interface SimulatedGraph {
  readonly delivered: DeliveredMessage[];
  clientFor(process: WorkerProcess): GraphClient;
  readonly inspectorFor: (process: WorkerProcess) => ActivityDependencies['inspector'];
  isBroken(): boolean;
}

interface GraphDependencies {
  faults: readonly Fault[];
  /** Milliseconds since the world began. */
  elapsedMs: () => number;
  /** Something was delivered: its echo is on its way. */
  onDelivered: (message: DeliveredMessage) => void;
}

const ERRORS: Partial<Record<GraphResponse, [number, object]>> = {
  token: [400, { error: { code: 190, error_subcode: 463, message: 'Session has expired' } }],
  policy: [400, { error: { code: 368, message: 'Blocked for policy' } }],
  limit: [400, { error: { code: 613, message: 'Calls to this API have exceeded the rate limit' } }],
  window: [400, { error: { code: 10, error_subcode: 2018278, message: 'Outside of the allowed window' } }],
  error: [500, { error: { code: 2, message: 'Service temporarily unavailable', is_transient: true } }],
};
/** While one of these holds the Page's set-up is seen to be broken. */
const BREAKING: readonly GraphResponse[] = ['token', 'policy'];

/** Creates the Graph API of a world. */
export function createSimulatedGraph({ faults, elapsedMs, onDelivered }: GraphDependencies): SimulatedGraph {
  const delivered: DeliveredMessage[] = [];
  const answerNow = (): GraphResponse | undefined => {
    const now = elapsedMs();
    const fault = faults.find((one) => one.type === 'graph' && one.from <= now && now < one.until);
    return fault?.type === 'graph' ? fault.answer : undefined;
  };
  const deliver = ({ partId, psid, text }: MessageToSend): string => {
    const message = { partId, psid, text, at: elapsedMs(), mid: `m_${partId}_${delivered.length}` };
    delivered.push(message);
    onDelivered(message);
    return message.mid;
  };
  const isBroken = (): boolean => BREAKING.includes(answerNow() ?? 'slow');
  return {
    delivered,
    isBroken,
    clientFor: (process) => ({
      sendMessage: (message) => process.effect('graph.sendMessage', () => answer(answerNow(), () => deliver(message))),
      sendAction: () => process.effect('graph.sendAction', () => ({ outcome: 'accepted' as const })),
      uploadFile: () => process.effect('graph.uploadFile', () => ({ outcome: 'accepted' as const, id: 'upload' })),
      createPersona: () =>
        process.effect('graph.createPersona', () => ({ outcome: 'accepted' as const, id: 'persona' })),
      fetchProfile: () =>
        process.effect('graph.fetchProfile', () => ({ outcome: 'found' as const, profile: { firstName: 'Ada' } })),
    }),
    inspectorFor: (process) => ({
      readIdentity: ({ pageId }) =>
        process.effect('graph.readIdentity', () =>
          isBroken()
            ? { isKnown: false as const, reason: 'The token is dead' }
            : { isKnown: true as const, found: { id: pageId, name: pageId } },
        ),
      readApp: () => Promise.resolve({ isKnown: false as const, reason: 'no app here' }),
      readToken: () => Promise.resolve({ isKnown: false as const, reason: 'no app here' }),
    }),
  };
}

function answer(kind: GraphResponse | undefined, deliver: () => string): SendOutcome {
  if (kind === 'never-left') return { outcome: 'never-left', reason: 'connection refused' };
  if (kind === 'lost-before') return { outcome: 'ambiguous', reason: 'no answer in time' };
  if (kind === 'lost-after') {
    deliver();
    return { outcome: 'ambiguous', reason: 'no answer in time' };
  }
  const error = kind && ERRORS[kind];
  if (error) return { outcome: 'refused', error: classifyGraphError(...error) };
  return { outcome: 'accepted', mid: deliver() };
}
