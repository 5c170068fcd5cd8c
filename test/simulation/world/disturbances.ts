import { routingIntentsSignal } from '../../../contracts/actor-messages.ts';
import type { Execution } from '../temporal/execution.ts';
import type { EffectDisturbance, WorkerProcess } from '../temporal/worker-process.ts';
import type { Fault } from './plan.ts';
import type { World } from './world.ts';

interface Disturbances {
  disturb: (label: string, process: WorkerProcess) => EffectDisturbance | undefined;
  losesCompletion: (execution: Execution) => boolean;
}

type EffectFault = Extract<Fault, { effect: number }>;

/** Lets a plan's faults happen: each at its effect or task, counted from the world's beginning. */
export function createDisturbances(faults: readonly Fault[], world: () => World): Disturbances {
  const byEffect = new Map<number, EffectFault>();
  const lostTasks = new Set<number>();
  for (const fault of faults) {
    if ('effect' in fault) byEffect.set(fault.effect, fault);
    if (fault.type === 'lose-completion') lostTasks.add(fault.task);
  }
  const delayLetter = createLetterDelay(faults);
  let effects = 0;
  let tasks = 0;
  return {
    disturb(label, process) {
      effects += 1;
      const fault = byEffect.get(effects);
      if (!fault) return delayLetter(label, world().elapsedMs());
      const disturbance = toDisturbance(fault, process);
      if (disturbance) world().tell(process.name, `${describe(fault)} at "${label}"`);
      return disturbance;
    },
    losesCompletion(execution) {
      tasks += 1;
      if (!lostTasks.has(tasks)) return false;
      world().tell('Temporal', `the completed task of ${execution.workflowId} is lost on its way`);
      return true;
    },
  };
}

/** Letters are counted from the world's beginning: each second one is late. */
function createLetterDelay(faults: readonly Fault[]): (label: string, at: number) => EffectDisturbance | undefined {
  const late = faults.find((fault) => fault.type === 'late-letters');
  let letters = 0;
  return (label, at) => {
    if (!late || at >= late.until || !label.includes(routingIntentsSignal.name)) return undefined;
    letters += 1;
    return letters % 2 === 0 ? { slowMs: late.ms } : undefined;
  };
}

/** The api keeps nothing in hand: only its calls fail. */
function toDisturbance(fault: EffectFault, { name }: WorkerProcess): EffectDisturbance | undefined {
  const isApi = name === 'api';
  switch (fault.type) {
    case 'crash':
      return isApi ? undefined : { crash: fault.when, downMs: fault.downMs };
    case 'break':
      return { fail: fault.when };
    case 'slow':
      return { slowMs: fault.ms };
    case 'stall':
      return isApi ? undefined : { stallMs: fault.ms };
  }
}

function describe(fault: EffectFault): string {
  if (fault.type === 'crash') return `will die ${fault.when} it happens`;
  if (fault.type === 'break') return `loses its connection ${fault.when} it happens`;
  if (fault.type === 'slow') return `is kept waiting ${Math.round(fault.ms)} ms`;
  return `stands still ${Math.round(fault.ms)} ms`;
}
