import { labelsOfWork, yes, type Fact, type ReportContext, type ReportDefinition } from '../definition.ts';
import { readAgent, type ActivityStretch, type AgentStory } from '../story/agent-story.ts';

const pieces = [
  'A stretch over midnight, or over the end of the time that is asked for, is cut there: each part counts where it lies. A day on which the clock changes has 23 or 25 hours.',
  'What goes on when the report is read has lasted until then.',
];

const told = [
  'An agent’s state is what the dispatcher of their group decided. A dispatcher that begins anew tells all that it knows again; that begins no new stretch.',
  'Paper work whose end was never written is over when its time was. Paper work that began more than seven days before the time asked for is not seen.',
];

export const agentActivity: ReportDefinition = {
  name: 'agent-activity',
  version: 1,
  title: 'Agent activity',
  about: 'When each agent was ready, not ready and why, supervising, or at paper work.',
  bookedAt: 'by when it lies, cut at the buckets',
  dimensions: ['agent', 'activity', 'reason'],
  figures: ['stretches', 'lengthMs'],
  drawn: 'lengthMs',
  scope: 'agent',
  edgeCases: [
    ...pieces,
    ...told,
    '“Times” counts a stretch where it begins: a bucket that it only goes on in has time and no beginning.',
    'Narrowed to a service, an entry or a scenario there is nothing: a state is of none.',
  ],
  needs: { agents: true, noConversations: true },
  ofAgent: (story, context) =>
    readAgent(story, context.now).flatMap((stretch) => {
      const { activity, reason, from } = stretch;
      return cut(story, stretch, context).map((fact): Fact => ({
        ...fact,
        labels: { ...fact.labels, activity, ...(reason !== undefined && { reason }) },
        values: { stretches: yes(fact.at === from), lengthMs: fact.values.lengthMs ?? 0 },
      }));
    }),
};

export const agentTimeAllocation: ReportDefinition = {
  name: 'agent-time-allocation',
  version: 1,
  title: 'Agent time allocation',
  about: 'What the time of each agent went into.',
  bookedAt: 'by when it lies, cut at the buckets',
  dimensions: ['agent'],
  figures: ['loggedInMs', 'readyMs', 'notReadyMs', 'supervisingMs', 'chatMs', 'afterWorkMs', 'chatsAtOnce'],
  drawn: 'loggedInMs',
  scope: 'agent',
  edgeCases: [
    ...pieces,
    ...told,
    'Chats and paper work lie within the time of a state; they are not beside it. Who was logged out with a chat open (a lost connection) has chat time without time logged in.',
  ],
  needs: { agents: true },
  ofAgent: (story, context) =>
    readAgent(story, context.now).flatMap((stretch) =>
      cut(story, stretch, context).map((fact): Fact => {
        const ms = fact.values.lengthMs ?? 0;
        return { ...fact, values: allocate(stretch, ms) };
      }),
    ),
  ofConversation: ({ chronicle }, context) =>
    chronicle.stretches.flatMap(({ agent, service, from, to = context.now }) =>
      context.calendar.cut(from, to).map((piece) => ({
        at: piece.from,
        conversationId: chronicle.conversationId,
        labels: labelsOfWork(chronicle, { service, agent }, context),
        values: { chatMs: piece.to - piece.from },
      })),
    ),
};

function allocate({ activity }: ActivityStretch, ms: number): Fact['values'] {
  if (activity === 'after-chat') return { afterWorkMs: ms };
  return {
    loggedInMs: ms,
    readyMs: activity === 'ready' ? ms : 0,
    notReadyMs: activity === 'not-ready' ? ms : 0,
    supervisingMs: activity === 'supervising' ? ms : 0,
  };
}

/** The pieces of a stretch within the time asked for. */
function cut({ username }: AgentStory, stretch: ActivityStretch, { calendar, now, teamsOf }: ReportContext): Fact[] {
  const { from, to = now, conversationId } = stretch;
  return calendar.cut(from, to).map((piece) => ({
    at: piece.from,
    ...(conversationId !== undefined && { conversationId }),
    labels: { agent: username, team: teamsOf(username) },
    values: { lengthMs: piece.to - piece.from },
  }));
}
