/** From sums to the figures that each report shows, written down once more. */
type Sums = Record<string, number>;
type Figures = Record<string, number | null>;

const n = (sums: Sums, name: string): number => sums[name] ?? 0;
const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1000) / 10;
const hundredths = (sum: number, count: number): number | null =>
  count === 0 ? null : Math.round((100 * sum) / count) / 100;
const mean = (sum: number, count: number): number | null => (count === 0 ? null : Math.round(sum / count));

const waits = (s: Sums): Figures => ({
  asked: n(s, 'asked'),
  taken: n(s, 'taken'),
  gaveUp: n(s, 'gone'),
  turnedAway: n(s, 'nobody'),
  stillWaiting: n(s, 'open'),
  averageWaitMs: mean(n(s, 'waited'), n(s, 'taken')),
  longestWaitMs: s['max waited'] ?? null,
});

const agents = (s: Sums): Figures => ({
  offered: n(s, 'offered'),
  accepted: n(s, 'accepted'),
  acceptedPercent: share(n(s, 'accepted'), n(s, 'decided')),
  rejected: n(s, 'rejected'),
  ignored: n(s, 'ignored'),
  withdrawn: n(s, 'withdrawn'),
  chats: n(s, 'chats'),
  averageChatMs: mean(n(s, 'chatMs'), n(s, 'chatsOver')),
  averageFirstAnswerMs: mean(n(s, 'answerMs'), n(s, 'answered')),
  messagesWritten: n(s, 'written'),
  transfersGiven: n(s, 'gave'),
  transfersTaken: n(s, 'took'),
  helpCalls: n(s, 'help'),
});

export const figuresOf: Record<string, (sums: Sums) => Figures> = {
  'service-in-time': (s) => ({
    ...waits(s),
    inTime: n(s, 'inTime'),
    inTimePercent: share(n(s, 'inTime'), n(s, 'settled')),
    gaveUpEarly: n(s, 'goneEarly'),
    brokenOff: n(s, 'broken'),
  }),
  'requested-skills': waits,
  'virtual-queue': (s) => ({
    told: n(s, 'told'),
    averagePosition: n(s, 'told') === 0 ? null : Math.round((100 * n(s, 'position')) / n(s, 'told')) / 100,
    averageExpectedMs: mean(n(s, 'expected'), n(s, 'compared')),
    averageCameTrueMs: mean(n(s, 'real'), n(s, 'compared')),
    averageErrorMs: mean(n(s, 'off'), n(s, 'compared')),
    tooShortPercent: share(n(s, 'short'), n(s, 'compared')),
    gaveUp: n(s, 'gone'),
  }),
  'service-metrics': (s) => ({
    received: n(s, 'received'),
    taken: n(s, 'taken'),
    gaveUp: n(s, 'gone'),
    turnedAway: n(s, 'nobody'),
    handled: n(s, 'handled'),
    inChatNow: n(s, 'now'),
    transferredIn: n(s, 'in'),
    transferredOut: n(s, 'out'),
    conferences: n(s, 'conference'),
    averageFirstAnswerMs: mean(n(s, 'answerMs'), n(s, 'answered')),
    averageHandleMs: mean(n(s, 'spent'), n(s, 'handled')),
  }),
  'agent-performance': agents,
  'team-performance': agents,
  'agent-activity': (s) => ({ stretches: n(s, 'begun'), lengthMs: n(s, 'length') }),
  'agent-time-allocation': (s) => ({
    loggedInMs: n(s, 'ready') + n(s, 'not-ready') + n(s, 'supervising'),
    readyMs: n(s, 'ready'),
    notReadyMs: n(s, 'not-ready'),
    supervisingMs: n(s, 'supervising'),
    chatMs: n(s, 'chat'),
    afterWorkMs: n(s, 'after-chat'),
    chatsAtOnce: atOnce(s),
  }),
  dispositions: (s) => ({ given: n(s, 'given') }),
  evaluations: (s) => ({
    graded: n(s, 'graded'),
    averageScore: hundredths(n(s, 'score'), n(s, 'scored')),
    failedAll: n(s, 'failed'),
    confirmed: n(s, 'confirmed'),
    disputed: n(s, 'disputed'),
    regraded: n(s, 'changed'),
  }),
  'evaluation-questions': (s) => ({
    answers: n(s, 'answers'),
    pointsPercent: share(n(s, 'given'), n(s, 'possible')),
    notApplicable: n(s, 'left'),
  }),
  surveys: (s) => ({
    surveysBegun: n(s, 'begun'),
    surveysAnswered: n(s, 'answered'),
    surveysCompleted: n(s, 'completed'),
    responsePercent: share(n(s, 'answered'), n(s, 'begun')),
    averageSurveyScore: hundredths(n(s, 'score'), n(s, 'scored')),
  }),
  'survey-questions': (s) => ({ answers: n(s, 'answers'), averageValue: hundredths(n(s, 'sum'), n(s, 'numbers')) }),
  'scenario-blocks': (s) => ({
    visited: n(s, 'visited'),
    entered: n(s, 'entered'),
    leftHere: n(s, 'left'),
    leftHerePercent: share(n(s, 'left'), n(s, 'visited')),
    endedHere: n(s, 'ended'),
    failedHere: n(s, 'failed'),
  }),
  'scenario-paths': (s) => ({ wentOn: n(s, 'went'), passed: n(s, 'once') }),
  'bot-containment': (s) => ({
    conversations: n(s, 'all'),
    contained: n(s, 'contained'),
    containedPercent: share(n(s, 'contained'), n(s, 'over')),
    handedOver: n(s, 'handed'),
    handedOverPercent: share(n(s, 'handedOver'), n(s, 'over')),
    askedInVain: n(s, 'vain'),
    otherEnds: n(s, 'other'),
    stillOpen: n(s, 'open'),
    averageToHandOverMs: mean(n(s, 'toHand'), n(s, 'handedOver')),
  }),
  messages: (s) => ({
    messages: n(s, 'all'),
    sent: n(s, 'sent'),
    reached: n(s, 'reached'),
    delivered: n(s, 'delivered'),
    deliveredPercent: share(n(s, 'delivered'), n(s, 'sent')),
    read: n(s, 'read'),
    readPercent: share(n(s, 'read'), n(s, 'sent')),
    failed: n(s, 'failed'),
    unknown: n(s, 'unknown'),
    waiting: n(s, 'waiting'),
    notKept: n(s, 'gone'),
  }),
};

function atOnce(s: Sums): number | null {
  const loggedIn = n(s, 'ready') + n(s, 'not-ready') + n(s, 'supervising');
  return loggedIn === 0 ? null : Math.round((100 * n(s, 'chat')) / loggedIn) / 100;
}
