/** The one task queue of workflows and activities. */
export const TASK_QUEUE = 'attendant';
