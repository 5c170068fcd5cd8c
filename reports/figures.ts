import type { FigureName } from '../contracts/report.ts';
import type { ValueName } from './definition.ts';

/** How a figure is made from sums: a percentage and an average divide one by another, `longest` is the greatest. */
export type Formula =
  | { kind: 'sum'; of: ValueName }
  | { kind: 'percent' | 'average'; of: ValueName; per: ValueName }
  | { kind: 'longest'; of: ValueName };

const percent = (of: ValueName, per: ValueName): Formula => ({ kind: 'percent', of, per });
const average = (of: ValueName, per: ValueName): Formula => ({ kind: 'average', of, per });

/** Figures that are no sum of what they are called. */
const formulas: Partial<Record<FigureName, Formula>> = {
  inTimePercent: percent('inTime', 'settled'),
  averageWaitMs: average('waitMs', 'taken'),
  longestWaitMs: { kind: 'longest', of: 'waitMs' },
  averageHandleMs: average('handledMs', 'handled'),
  averageFirstAnswerMs: average('answeredMs', 'answered'),
  acceptedPercent: percent('accepted', 'decided'),
  averageChatMs: average('chatsOverMs', 'chatsOver'),
  chatsAtOnce: average('chatMs', 'loggedInMs'),
  averagePosition: average('positions', 'told'),
  averageExpectedMs: average('expectedMs', 'compared'),
  averageCameTrueMs: average('cameTrueMs', 'compared'),
  averageErrorMs: average('errorMs', 'compared'),
  tooShortPercent: percent('tooShort', 'compared'),
  leftHerePercent: percent('leftHere', 'visited'),
  containedPercent: percent('contained', 'over'),
  handedOverPercent: percent('handedOverOver', 'over'),
  averageToHandOverMs: average('toHandOverMs', 'handedOverOver'),
  deliveredPercent: percent('delivered', 'sent'),
  readPercent: percent('read', 'sent'),
  averageScore: average('scores', 'scored'),
  pointsPercent: percent('pointsGiven', 'pointsPossible'),
  responsePercent: percent('surveysAnswered', 'surveysBegun'),
  averageSurveyScore: average('surveyScores', 'surveyScored'),
  averageValue: average('scaleValues', 'scaleAnswers'),
};

/** How a figure is made. */
export function formulaOf(figure: FigureName): Formula {
  return formulas[figure] ?? { kind: 'sum', of: figure };
}

/** Which facts a figure is of: what it is divided by, or itself. Its conversations are theirs. */
export function countedBy(figure: FigureName): ValueName {
  const formula = formulaOf(figure);
  return 'per' in formula ? formula.per : formula.of;
}

/** Times of agents' states are of no conversation. */
const OF_STATES: ReadonlySet<FigureName> = new Set([
  'loggedInMs',
  'readyMs',
  'notReadyMs',
  'supervisingMs',
  'chatsAtOnce',
]);

/** Whether conversations stand behind a figure. */
export function hasConversations(figure: FigureName): boolean {
  return !OF_STATES.has(figure);
}
