import { foldReply } from '../expression/plain-text.ts';
import type { Annotation } from '../../contracts/operation.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { compileTexts } from './compile-texts.ts';
import { annotationBlock } from './annotation-block.ts';
import { toNumber } from './read-number.ts';
import type { SaveSurveyResponseFields } from './save-survey-response-schema.ts';

/**
 * Stores answers to a survey with the conversation; an answer that was not given, or is none, is left out. Several blocks
 * make one response. Source: Bright Pattern, Save Survey Response (cs, fcr, nps, comment, custom1 to custom9).
 */
export const saveSurveyResponse = annotationBlock<SaveSurveyResponseFields>({
  annotation: (fields) => {
    const fill = compileTexts(fields);
    return (variables): Annotation => {
      const { cs, fcr, nps, comment = '', ...custom } = fill(variables);
      const answers = { cs: toNumber(cs), fcr: toBoolean(fcr), nps: toScore(nps), comment: comment || undefined };
      return {
        name: 'save-survey-response',
        ...withoutUndefined(answers),
        custom: Object.fromEntries(Object.entries(custom).flatMap(([name, value]) => (value ? [[name, value]] : []))),
      };
    };
  },
});

function toScore(value: unknown): number | undefined {
  const score = toNumber(value);
  return score !== undefined && score >= 0 && score <= 10 ? score : undefined;
}

const yes = new Set(['true', 'yes', 'y', '1']);
const no = new Set(['false', 'no', 'n', '0']);

function toBoolean(value: unknown): boolean | undefined {
  const text = foldReply(String(value));
  if (yes.has(text)) return true;
  return no.has(text) ? false : undefined;
}
