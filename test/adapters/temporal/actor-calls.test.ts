import { ServiceError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { createActorCalls } from '../../../adapters/temporal/actor-calls.ts';

const update = { type: 'update', name: 'command' } as UpdateDefinition<string, [{ clientId: string }]>;
const command = { clientId: 'k1' };

/** A client whose updates fail so, one after the other, and are then answered. */
function aClient(...failures: Error[]): { calls: ReturnType<typeof createActorCalls>; updateIds: string[] } {
  const updateIds: string[] = [];
  const handle = {
    executeUpdate: (_definition: unknown, { updateId }: { updateId: string }): Promise<string> => {
      updateIds.push(updateId);
      const failure = failures.shift();
      return failure ? Promise.reject(failure) : Promise.resolve('done');
    },
  };
  const client = { workflow: { getHandle: () => handle }, withDeadline: (_at: number, run: () => unknown) => run() };
  return { calls: createActorCalls(client as unknown as Client), updateIds };
}

/** As the server refuses updates of a workflow whose task has timed out a few times. */
function notReady(): ServiceError {
  const cause = Object.assign(new Error('Workflow Task in failed state'), { code: 9, details: '', metadata: {} });
  return new ServiceError('Workflow Update failed', { cause });
}
const closedOver = (): Error =>
  new WorkflowUpdateFailedError(
    'failed',
    ApplicationFailure.create({ type: 'AcceptedUpdateCompletedWorkflow', message: 'closed' }),
  );
const refused = (): Error =>
  new WorkflowUpdateFailedError('failed', ApplicationFailure.create({ type: 'OFFER_GONE', message: 'gone' }));

describe('a command that an actor cannot take in this moment', () => {
  it.each([
    ['its tasks have timed out', notReady],
    ['its run closed over it', closedOver],
  ])('is sent again with the same id where %s', async (_why, failure) => {
    const { calls, updateIds } = aClient(failure(), failure());
    expect(await calls.update('w', update, command)).toBe('done');
    expect(updateIds).toEqual(['k1', 'k1', 'k1']);
  });

  it('is not sent again where the actor refuses it', async () => {
    const { calls, updateIds } = aClient(refused());
    await expect(calls.update('w', update, command)).rejects.toMatchObject({ code: 'OFFER_GONE' });
    expect(updateIds).toHaveLength(1);
  });
});
