import { describe, expect, it } from 'vitest';
import type { ConversationAnnotations } from '../../contracts/conversation-annotations.ts';
import type { Annotation } from '../../contracts/operation.ts';
import { withAnnotation } from '../../workflows/conversation/take-annotation.ts';

function after(...notes: Annotation[]): ConversationAnnotations {
  return notes.reduce((taken, note, index) => withAnnotation(taken, note, index), {});
}

const add = (caseId: string, replace = false): Annotation => ({ name: 'set-case', caseId, replace });

describe('what a scenario notes', () => {
  it('is kept with the conversation, the last word of each field', () => {
    expect(
      after(
        { name: 'set-priority', priority: 3 },
        { name: 'set-priority', priority: 7 },
        { name: 'set-disposition', disposition: 'sold', comment: 'at once' },
        { name: 'set-disposition', disposition: 'returned' },
        { name: 'attached-data', data: { 'order.no': '1', $x: '2' } },
        { name: 'attached-data', data: { 'order.no': '3' } },
        { name: 'self-service-provided' },
      ),
    ).toEqual({
      priority: 7,
      disposition: { name: 'returned' },
      attachedData: [
        { name: '$x', value: '2' },
        { name: 'order.no', value: '3' },
      ],
      isSelfService: true,
    });
  });

  it('adds up the answers of one survey', () => {
    const survey = { name: 'save-survey-response' } as const;
    expect(
      after(
        { ...survey, nps: 9, custom: { custom1: 'a' } },
        { ...survey, cs: 4, comment: 'fine', custom: {} },
        { ...survey, nps: 8, custom: { custom2: 'b' } },
      ).survey,
    ).toEqual({
      nps: 8,
      cs: 4,
      comment: 'fine',
      custom: [
        { name: 'custom1', value: 'a' },
        { name: 'custom2', value: 'b' },
      ],
    });
  });

  it('replaces or adds a case', () => {
    expect(after(add('1'), add('2'), add('1')).cases).toEqual(['2', '1']);
    expect(after(add('1'), add('2'), add('3', true)).cases).toEqual(['3']);
  });

  it('stays small however long a scenario goes on', () => {
    const lines = Array.from({ length: 500 }, (_, index): Annotation => {
      return { name: 'log', level: 'info', text: `${index} ${'x'.repeat(5000)}` };
    });
    const { log = [] } = after(...lines);
    expect(log).toHaveLength(100);
    expect(log.at(-1)?.text.startsWith('499 ')).toBe(true);
    expect(log.every(({ text }) => text.length <= 2000)).toBe(true);
  });
});
