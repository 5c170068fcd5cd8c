import type { Client } from '@temporalio/client';
import type { ConfigurationCache } from '../adapters/mongo/configuration-cache.ts';
import { dispatcherWorkflowId } from '../adapters/temporal/workflow-id.ts';
import { ACTOR_OPTIONS } from '../contracts/task-queues.ts';
import { DISPATCHER_WORKFLOW, configurationSignal } from '../workflows/messages.ts';

/** Starts the dispatcher of every routing group where it does not run, and tells it the configuration in force. */
export async function startDispatchers({
  temporal,
  configuration,
}: {
  temporal: Client;
  configuration: ConfigurationCache;
}): Promise<void> {
  const groups = (await configuration.get()).groups();
  await Promise.all(
    groups.map(({ group, configuration: groupConfiguration }) =>
      temporal.workflow.signalWithStart(DISPATCHER_WORKFLOW, {
        workflowId: dispatcherWorkflowId(group),
        ...ACTOR_OPTIONS,
        args: [{ group }],
        signal: configurationSignal,
        signalArgs: [groupConfiguration],
      }),
    ),
  );
}
