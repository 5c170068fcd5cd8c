/** The one task queue of workflows and activities. */
export const TASK_QUEUE = 'attendant';

/**
 * How long a workflow task may take before another worker gets it. Only this ends a task that was handed to a worker
 * in the moment it was killed: with the server's 10 s a customer waited that long. A task of ours takes milliseconds.
 */
const WORKFLOW_TASK_TIMEOUT = '3s';

/** How every actor is started, whoever wakes it. */
export const ACTOR_OPTIONS = { taskQueue: TASK_QUEUE, workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT } as const;
