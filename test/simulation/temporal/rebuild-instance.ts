import type { Execution } from './execution.ts';
import type { ServiceContext } from './service-context.ts';
import type { WorkerProcess } from './worker-process.ts';
import { WorkflowInstance } from './workflow-instance.ts';
import type { Command } from './workflow-job.ts';

/** The code wants something else than its history says. */
export class NondeterminismError extends Error {
  override readonly name = 'NondeterminismError';
}

/** Makes an actor's code anew in a process, by giving it everything that its history holds. */
export async function rebuildInstance(
  { random }: ServiceContext,
  execution: Execution,
  process: WorkerProcess,
): Promise<WorkflowInstance> {
  const { workflowId, runId, workflowType } = execution;
  const run = process.workflows[workflowType];
  if (!run) throw new Error(`No workflow "${workflowType}"`);
  const instance = new WorkflowInstance(run, {
    workflowId,
    runId,
    workflowType,
    random: random.freshStream(`code ${execution.randomName}`),
  });
  for (const { now, info, jobs, commands } of execution.activations) {
    const wanted = await instance.activate(now, info, jobs);
    if (areAlike(wanted, commands)) continue;
    throw new NondeterminismError(
      `${workflowId}: history has ${describe(commands)}, the code wants ${describe(wanted)}`,
    );
  }
  process.instances.set(runId, instance);
  return instance;
}

function areAlike(wanted: readonly Command[], commands: readonly Command[]): boolean {
  return wanted.length === commands.length && wanted.every((command, index) => isAlike(command, commands[index]));
}

function isAlike(a: Command, b: Command | undefined): boolean {
  if (a.type !== b?.type || ('seq' in a && 'seq' in b && a.seq !== b.seq)) return false;
  return !('name' in a) || ('name' in b && a.name === b.name);
}

function describe(commands: readonly Command[]): string {
  return commands
    .map((command) =>
      [command.type, 'seq' in command ? command.seq : '', 'name' in command ? command.name : ''].join(' '),
    )
    .join(', ');
}
