import type { World } from '../world/world.ts';

/** A query's handler of an actor in some worker's memory; looks at what the actor thinks, and changes nothing. */
export function handlerOf(
  world: World,
  workflowId: string,
  query: string,
): ((...args: unknown[]) => unknown) | undefined {
  const execution = world.service.findRunning(workflowId);
  if (!execution || execution.task?.state === 'started') return undefined;
  for (const { instances } of world.workers) {
    const instance = instances.get(execution.runId);
    const handle = instance?.queryHandlers.get(query);
    if (instance && handle) return (...args) => instance.ask(world.scheduler.now, () => handle(...args));
  }
  return undefined;
}

/** Whether an actor would take a command now: its validator says so, and changes nothing. Undefined where nobody can say. */
export function wouldTake(
  world: World,
  workflowId: string,
  { name, command }: { name: string; command: object },
): boolean | undefined {
  const execution = world.service.findRunning(workflowId);
  if (!execution || execution.task) return undefined;
  for (const { instances } of world.workers) {
    const instance = instances.get(execution.runId);
    const validate = instance?.updateHandlers.get(name)?.validate;
    if (!instance || !validate) continue;
    try {
      instance.ask(world.scheduler.now, () => validate(command));
      return true;
    } catch {
      return false;
    }
  }
  return undefined;
}
