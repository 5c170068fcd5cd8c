import type { ActivityDependencies } from '../../activities/dependencies.ts';
import type { AlertRequest } from '../../contracts/alert.ts';
import type { GraphClient, MessageToSend, SenderAction, SendOutcome } from '../../adapters/messenger/graph-client.ts';

/** A Graph API in memory: keeps what it was sent and answers as told. */
export interface FakeGraph extends GraphClient {
  readonly sent: MessageToSend[];
  /** Sender actions, in order. */
  readonly actions: { psid: string; action: SenderAction }[];
  /** What the admin was told. */
  readonly alerts: AlertRequest[];
  /** Kinds of alerts that are over. */
  readonly resolvedAlerts: string[];
  /** Says that a token is good, or not. */
  readonly inspector: ActivityDependencies['inspector'];
  isTokenGood: boolean;
  /** Texts sent to one customer, in order. */
  textsTo(psid: string): string[];
  /** Answers the next send instead of accepting it. */
  answerNext(answer: (message: MessageToSend) => SendOutcome | Promise<SendOutcome>): void;
}

/** Creates one that accepts everything. */
export function createFakeGraph(): FakeGraph {
  const sent: MessageToSend[] = [];
  const answers: ((message: MessageToSend) => SendOutcome | Promise<SendOutcome>)[] = [];
  const actions: FakeGraph['actions'] = [];
  const fake: FakeGraph = {
    sent,
    actions,
    alerts: [],
    resolvedAlerts: [],
    isTokenGood: true,
    inspector: {
      readIdentity: ({ pageId }) =>
        Promise.resolve(
          fake.isTokenGood
            ? { isKnown: true, found: { id: pageId, name: pageId } }
            : { isKnown: false, reason: 'The token is dead' },
        ),
      readApp: () => Promise.resolve({ isKnown: false, reason: 'no app here' }),
      readToken: () => Promise.resolve({ isKnown: false, reason: 'no app here' }),
    },
    textsTo: (psid) => sent.filter((message) => message.psid === psid).map(({ text }) => text),
    answerNext: (answer) => void answers.push(answer),
    async sendMessage(message) {
      sent.push(message);
      const answer = answers.shift();
      return answer ? answer(message) : { outcome: 'accepted', mid: `m_${message.partId}` };
    },
    uploadFile: ({ file }) => Promise.resolve({ outcome: 'accepted', id: `upload-${file.fileName}` }),
    createPersona: ({ name }) => Promise.resolve({ outcome: 'accepted', id: `persona-${name}` }),
    sendAction: ({ psid, action }) => {
      actions.push({ psid, action });
      return Promise.resolve({ outcome: 'accepted' });
    },
    fetchProfile: () => Promise.resolve({ outcome: 'found', profile: { firstName: 'Ada', lastName: 'Lovelace' } }),
  };
  return fake;
}
