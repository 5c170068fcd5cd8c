/** What reports there are, and every figure in them: one name, one meaning, wherever it stands. Definitions: `reports/`. */

export const REPORT_NAMES = [
  'service-in-time',
  'service-metrics',
  'agent-performance',
  'team-performance',
  'agent-activity',
  'agent-time-allocation',
  'dispositions',
  'requested-skills',
  'virtual-queue',
  'scenario-blocks',
  'scenario-paths',
  'bot-containment',
  'messages',
  'evaluations',
  'evaluation-questions',
  'surveys',
  'survey-questions',
] as const;
export type ReportName = (typeof REPORT_NAMES)[number];

/** How the time of a report is divided; `all`: not at all. */
export const REPORT_BUCKETS = ['hour', 'day', 'week', 'month', 'all'] as const;
export type ReportBucket = (typeof REPORT_BUCKETS)[number];

/** By what figures are told apart, beside time. */
export const REPORT_DIMENSIONS = [
  'service',
  'agent',
  'team',
  'activity',
  'reason',
  'disposition',
  'skill',
  'scenario',
  'block',
  'exit',
  'next',
  'entry',
  'author',
  'form',
  'survey',
  'question',
] as const;
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

/** By what a report can be narrowed; each is understood by every report whose facts know it. */
export const REPORT_FILTERS = ['service', 'entry', 'agent', 'team', 'scenario'] as const;
export type ReportFilter = (typeof REPORT_FILTERS)[number];

/** What a figure is measured in. `ms`: milliseconds. `number`: with decimals. */
type FigureUnit = 'count' | 'ms' | 'percent' | 'number';

interface FigureText {
  unit: FigureUnit;
  label: string;
  /** What it says exactly, in a sentence or two. */
  text: string;
}

/** Figures by name. What is counted from what: `reports/figures.ts`. */
export const REPORT_FIGURES = {
  asked: { unit: 'count', label: 'Asked', text: 'Times that customers began to wait for an agent of the service.' },
  taken: { unit: 'count', label: 'Taken', text: 'Of those: an agent took the chat.' },
  inTime: { unit: 'count', label: 'In time', text: 'Of those: taken within the target of the service as it is now.' },
  inTimePercent: {
    unit: 'percent',
    label: 'In time %',
    text: 'Taken within the target, of those who were taken, gave up or found nobody.',
  },
  gaveUp: { unit: 'count', label: 'Gave up', text: 'The conversation ended before an agent took it.' },
  gaveUpEarly: {
    unit: 'count',
    label: 'Gave up early',
    text: 'Of those who gave up: within the target, so that nobody was late yet.',
  },
  turnedAway: {
    unit: 'count',
    label: 'Found nobody',
    text: 'No agent could be asked (none logged in, or the queue full) and none took it later.',
  },
  brokenOff: {
    unit: 'count',
    label: 'Broken off',
    text: 'An operator ended the conversation while the customer waited; counts for no percentage.',
  },
  stillWaiting: {
    unit: 'count',
    label: 'Still waiting',
    text: 'Waiting when the report was read; counts for no percentage.',
  },
  averageWaitMs: {
    unit: 'ms',
    label: 'Average wait',
    text: 'From the question to the agent, of those who were taken.',
  },
  longestWaitMs: { unit: 'ms', label: 'Longest wait', text: 'The longest of those waits.' },

  received: {
    unit: 'count',
    label: 'Received',
    text: 'Times that a customer came to the service: asked for its agents, or was transferred to it, also from itself.',
  },
  handled: {
    unit: 'count',
    label: 'Handled',
    text: 'Times that a customer talked with an agent of the service and the talk is over: ended, or transferred on.',
  },
  transferredIn: { unit: 'count', label: 'Transferred in', text: 'Chats that came to the service by a transfer.' },
  transferredOut: { unit: 'count', label: 'Transferred out', text: 'Chats of the service that went on by a transfer.' },
  conferences: {
    unit: 'count',
    label: 'Conferences',
    text: 'Talks in which two or more agents talked with the customer at one time.',
  },
  inChatNow: { unit: 'count', label: 'Still in chat', text: 'Talks that go on when the report is read.' },
  averageHandleMs: {
    unit: 'ms',
    label: 'Average time',
    text: 'What agents spent on one handled talk: all of their stretches in it, those of a conference added.',
  },
  averageFirstAnswerMs: {
    unit: 'ms',
    label: 'First answer',
    text: 'From the agent’s acceptance to the first message that an agent wrote, of conversations that got one.',
  },

  offered: { unit: 'count', label: 'Offered', text: 'Chats that were offered, invitations into a chat included.' },
  accepted: { unit: 'count', label: 'Accepted', text: 'Offers that the agent took, by a click or by auto-answer.' },
  acceptedPercent: {
    unit: 'percent',
    label: 'Accepted %',
    text: 'Accepted, of those that were accepted, rejected or ignored.',
  },
  rejected: { unit: 'count', label: 'Rejected', text: 'Offers that the agent refused.' },
  ignored: { unit: 'count', label: 'No answer', text: 'Offers that ran out.' },
  withdrawn: { unit: 'count', label: 'Withdrawn', text: 'Offers that were gone for no reason of the agent’s.' },
  chats: {
    unit: 'count',
    label: 'Chats',
    text: 'Stretches in which the agent talked with a customer, by when they began.',
  },
  averageChatMs: { unit: 'ms', label: 'Average chat', text: 'The length of such a stretch, of those that are over.' },
  transfersGiven: { unit: 'count', label: 'Transfers given', text: 'Chats that the agent gave to somebody else.' },
  transfersTaken: { unit: 'count', label: 'Transfers taken', text: 'Chats that the agent took from somebody else.' },
  messagesWritten: { unit: 'count', label: 'Messages', text: 'Messages to customers that the agent wrote.' },
  helpCalls: { unit: 'count', label: 'Calls for help', text: 'Times that the agent asked a supervisor to look.' },

  stretches: { unit: 'count', label: 'Times', text: 'Stretches of the activity that began.' },
  lengthMs: { unit: 'ms', label: 'Time', text: 'How long the activity lasted within the time that is looked at.' },

  loggedInMs: { unit: 'ms', label: 'Logged in', text: 'Ready, not ready or supervising.' },
  readyMs: { unit: 'ms', label: 'Ready', text: 'In state Ready, with chats or without.' },
  notReadyMs: { unit: 'ms', label: 'Not ready', text: 'In state Not ready, for whatever reason.' },
  supervisingMs: { unit: 'ms', label: 'Supervising', text: 'In state Supervising.' },
  chatMs: { unit: 'ms', label: 'In chats', text: 'Talking with customers; two chats at once count twice.' },
  afterWorkMs: { unit: 'ms', label: 'After chats', text: 'Paper work after chats; two at once count twice.' },
  chatsAtOnce: { unit: 'number', label: 'Chats at once', text: 'Time in chats, by the time logged in.' },

  given: {
    unit: 'count',
    label: 'Given',
    text: 'Times that an agent or the scenario said that a conversation came to this.',
  },

  told: { unit: 'count', label: 'Told', text: 'Waits whose customer had a place in the queue that was noted.' },
  averagePosition: { unit: 'number', label: 'First place', text: 'The first place noted, on average.' },
  averageExpectedMs: {
    unit: 'ms',
    label: 'Expected wait',
    text: 'The wait expected with that first place, of those who were taken and had one.',
  },
  averageCameTrueMs: {
    unit: 'ms',
    label: 'Came true',
    text: 'How long the same customers then waited from that moment on.',
  },
  averageErrorMs: { unit: 'ms', label: 'Off by', text: 'How far the two lay apart, whichever was longer, on average.' },
  tooShortPercent: {
    unit: 'percent',
    label: 'Told too short %',
    text: 'Waited more than a quarter and more than 10 s longer than expected, of the same customers.',
  },

  visited: { unit: 'count', label: 'Conversations', text: 'Conversations that were in the block.' },
  entered: { unit: 'count', label: 'Entered', text: 'Times that the block was entered.' },
  leftHere: {
    unit: 'count',
    label: 'Left here',
    text: 'Conversations in which the customer said nothing more while the scenario stood in the block for a minute or longer, without an agent in the chat; of several such blocks the one it stood in longest.',
  },
  leftHerePercent: {
    unit: 'percent',
    label: 'Left here %',
    text: 'Left here, of the conversations that were in the block.',
  },
  endedHere: { unit: 'count', label: 'Ended here', text: 'Conversations whose last block it was.' },
  failedHere: { unit: 'count', label: 'Failed here', text: 'Of those: ended because the scenario failed.' },

  wentOn: {
    unit: 'count',
    label: 'Went on',
    text: 'Times that a conversation went from the block to the next one, by this way.',
  },
  passed: { unit: 'count', label: 'Conversations', text: 'Conversations that did so at least once.' },

  conversations: { unit: 'count', label: 'Conversations', text: 'Conversations that customers began.' },
  contained: {
    unit: 'count',
    label: 'Contained',
    text: 'Ended by the scenario’s own Exit, and no agent was asked for or in the chat.',
  },
  containedPercent: { unit: 'percent', label: 'Contained %', text: 'Contained, of the conversations that are over.' },
  handedOver: { unit: 'count', label: 'Handed over', text: 'An agent took the chat.' },
  handedOverPercent: {
    unit: 'percent',
    label: 'Handed over %',
    text: 'Handed over, of the conversations that are over.',
  },
  askedInVain: {
    unit: 'count',
    label: 'Asked in vain',
    text: 'An agent was asked for, and none took it until the end.',
  },
  otherEnds: {
    unit: 'count',
    label: 'Ended otherwise',
    text: 'No agent was asked for, and it ended by a failure, a block, another app or an operator.',
  },
  stillOpen: { unit: 'count', label: 'Still open', text: 'Not over when the report was read.' },
  averageToHandOverMs: {
    unit: 'ms',
    label: 'To hand-over',
    text: 'From the beginning to the first agent who took it, of those that are over.',
  },

  messages: { unit: 'count', label: 'Messages', text: 'Messages to and from customers. Notes among agents are none.' },
  sent: { unit: 'count', label: 'Sent', text: 'Of those: from us to the customer.' },
  reached: {
    unit: 'count',
    label: 'Accepted',
    text: 'Of those: Messenger accepted it, or said later that it was delivered or read.',
  },
  delivered: { unit: 'count', label: 'Delivered', text: 'Of those: Messenger said that it was delivered or read.' },
  deliveredPercent: { unit: 'percent', label: 'Delivered %', text: 'Delivered, of what was sent.' },
  read: { unit: 'count', label: 'Read', text: 'Of those: Messenger said that it was read.' },
  readPercent: { unit: 'percent', label: 'Read %', text: 'Read, of what was sent.' },
  failed: { unit: 'count', label: 'Failed', text: 'Messenger refused it, or it was never allowed to leave.' },
  unknown: { unit: 'count', label: 'In doubt', text: 'Nobody knows whether it arrived.' },
  waiting: { unit: 'count', label: 'Waiting', text: 'Not sent yet when the report was read.' },
  notKept: {
    unit: 'count',
    label: 'Not kept',
    text: 'Its row in the delivery ledger is gone: retention or an erasure took it.',
  },

  graded: { unit: 'count', label: 'Graded', text: 'Stretches of agents whose evaluation is finished.' },
  averageScore: { unit: 'number', label: 'Score', text: 'Of 100, on average, of those that have a score.' },
  failedAll: { unit: 'count', label: 'Failed', text: 'Of those: one answer made the whole evaluation 0.' },
  confirmed: { unit: 'count', label: 'Confirmed', text: 'Of those: the agent said that it is right.' },
  disputed: {
    unit: 'count',
    label: 'Disputed',
    text: 'Of those: the agent said that it is not right, decided since or not.',
  },
  regraded: { unit: 'count', label: 'Changed', text: 'Of those that were disputed: a reviewer gave other answers.' },
  answers: { unit: 'count', label: 'Answers', text: 'Times that the question was answered.' },
  pointsPercent: {
    unit: 'percent',
    label: 'Points %',
    text: 'How much of the question’s points was given, of the answers that give points.',
  },
  notApplicable: { unit: 'count', label: 'Left out', text: 'Times that the question did not apply.' },

  surveysBegun: { unit: 'count', label: 'Asked', text: 'Surveys whose first question was put to the customer.' },
  surveysAnswered: { unit: 'count', label: 'Answered', text: 'Of those: one question at least was answered.' },
  surveysCompleted: { unit: 'count', label: 'Completed', text: 'Of those: the customer came to the end.' },
  responsePercent: { unit: 'percent', label: 'Response rate', text: 'Answered, of those that were asked.' },
  averageSurveyScore: {
    unit: 'number',
    label: 'Customer score',
    text: 'What customers gave on the scales, of 100, on average, of the surveys that have a scale answered.',
  },
  averageValue: {
    unit: 'number',
    label: 'Average',
    text: 'The number that was chosen, on average, of answers on a scale.',
  },
} as const satisfies Record<string, FigureText>;
export type FigureName = keyof typeof REPORT_FIGURES;
