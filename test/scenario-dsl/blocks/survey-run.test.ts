import { describe, expect, it } from 'vitest';
import { beginSurvey, readSurveyReply } from '../../../scenario-dsl/blocks/survey-run.ts';

const run = beginSurvey('s', {
  name: 'after',
  questions: [{ name: 'kind', type: 'scale', text: 'How kind?', from: 0, to: 10 }],
});

describe('a reply to a question on a scale', () => {
  it.each(['7', ' 7 ', '7.', '7!', '"7"', '7 👍', '７', '٧', '7\u200b', '7\ufe0f\u20e3'])(
    'is understood as written: %j',
    (reply) => {
      expect(readSurveyReply(run, reply, undefined)).toEqual({ value: 7 });
    },
  );

  it.each(['11', '-7', '7.5', 'seven', '7 or 8', '', '👍', '007'])('is no answer: %j', (reply) => {
    expect(readSurveyReply(run, reply, undefined)).toBe('unclear');
  });
});
