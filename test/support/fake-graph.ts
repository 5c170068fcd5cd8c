import type { GraphClient, MessageToSend, SendOutcome } from '../../adapters/messenger/graph-client.ts';

/** A Graph API in memory: keeps what it was sent and answers as told. */
export interface FakeGraph extends GraphClient {
  readonly sent: MessageToSend[];
  /** Texts sent to one customer, in order. */
  textsTo(psid: string): string[];
  /** Answers the next send instead of accepting it. */
  answerNext(answer: (message: MessageToSend) => SendOutcome | Promise<SendOutcome>): void;
}

/** Creates one that accepts everything. */
export function createFakeGraph(): FakeGraph {
  const sent: MessageToSend[] = [];
  const answers: ((message: MessageToSend) => SendOutcome | Promise<SendOutcome>)[] = [];
  return {
    sent,
    textsTo: (psid) => sent.filter((message) => message.psid === psid).map(({ text }) => text),
    answerNext: (answer) => void answers.push(answer),
    async sendMessage(message) {
      sent.push(message);
      const answer = answers.shift();
      return answer ? answer(message) : { outcome: 'accepted', mid: `m_${message.partId}` };
    },
    uploadFile: ({ file }) => Promise.resolve({ outcome: 'accepted', id: `upload-${file.fileName}` }),
    createPersona: ({ name }) => Promise.resolve({ outcome: 'accepted', id: `persona-${name}` }),
    sendAction: () => Promise.resolve({ outcome: 'accepted' }),
    fetchProfile: () => Promise.resolve({ outcome: 'found', profile: { firstName: 'Ada', lastName: 'Lovelace' } }),
  };
}
