import { describe, expect, it } from 'vitest';
import { fitQuickReplies } from '../../../adapters/messenger/policy.ts';

describe('quick replies', () => {
  it('are 13 at most', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ title: `${index}`, payload: `${index}` }));
    expect(fitQuickReplies(many)).toHaveLength(13);
  });

  it('have titles of 20 characters at most, no pair cut', () => {
    const [fitted] = fitQuickReplies([{ title: `${'a'.repeat(19)}😀`, payload: 'long' }]);
    expect(fitted).toEqual({ title: 'a'.repeat(19), payload: 'long' });
  });
});
