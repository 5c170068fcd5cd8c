import { expect, it } from 'vitest';
import { OPERATIONS } from '../../contracts/operations.ts';

it('What leaves our house is an activity, which is seen by the server and given to another worker', () => {
  const activities = Object.entries(OPERATIONS).filter(([, { runs }]) => runs === 'activity');
  expect(Object.fromEntries(activities)).toEqual({
    'ask-a-bot': { runs: 'activity', attempts: 2 },
    'ask-model': { runs: 'activity', attempts: 3 },
    email: { runs: 'activity', attempts: 3 },
    'fetch-url': { runs: 'activity', attempts: 'by-method' },
  });
});
