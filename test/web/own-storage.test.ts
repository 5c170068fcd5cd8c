import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useDrafts } from '../../web/src/shared/data/drafts.ts';
import { keepFor } from '../../web/src/shared/data/own-storage.ts';

/** A browser's storage, as much of it as is used. */
function createStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

beforeEach(() => void vi.stubGlobal('localStorage', createStorage()));
afterEach(() => void vi.unstubAllGlobals());

describe('what is begun in a browser', () => {
  it('is seen by who began it, and by nobody who logs in there after them', () => {
    keepFor('amara');
    useDrafts.getState().write('c-1', { reply: 'I am sorry' });
    keepFor('hanna');
    expect(useDrafts.getState().drafts).toEqual({});
    useDrafts.getState().write('c-1', { reply: 'Something else' });
    keepFor('amara');
    expect(useDrafts.getState().drafts['c-1']?.reply).toBe('I am sorry');
    keepFor('hanna');
    expect(useDrafts.getState().drafts['c-1']?.reply).toBe('Something else');
  });
});
