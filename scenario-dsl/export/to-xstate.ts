import { compileScenario } from '../compile/compile-scenario.ts';
import type { ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { runState } from '../machine/run-setup.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * The compiled machine as the plain JSON that `createMachine` and Stately's tools take. Functions become names: a guard is
 * called by its condition, an action by what it does. The engine's own bookkeeping is left out.
 */
export function toXstate(document: ScenarioDocument): Json {
  const { machine, name } = compileScenario(document);
  const blocks = new Map(document.blocks.map((block) => [block.id, block]));
  const { initial, states = {}, on } = machine.config as StateConfig;
  return compact({
    id: name,
    description: document.title,
    initial,
    on: mapTransitions(on),
    states: Object.fromEntries(
      Object.entries(states).map(([id, state]) => [
        id,
        { id, ...describe(blocks.get(id)), ...toState(state, blocks.get(id)) },
      ]),
    ),
  });
}

/** A state's configuration as this file reads it; XState's own type holds every form it may be written in. */
interface StateConfig {
  initial?: string;
  type?: string;
  entry?: unknown;
  always?: unknown;
  on?: Record<string, unknown>;
  after?: Record<string, unknown>;
  states?: Record<string, StateConfig>;
}

/** What the author wrote, for whoever looks at the state. */
function describe(block: ScenarioBlock | undefined): { [key: string]: Json } {
  if (!block) return {};
  const { title, id, type, fields } = block;
  return { description: title ?? id, meta: { type, fields: fields as Json } };
}

interface TransitionConfig {
  target?: string;
  reenter?: boolean;
  guard?: { name: string };
  actions?: unknown;
  meta?: { way: string };
}

function toState(
  { initial, type, entry, always, on, after, states }: StateConfig,
  block?: ScenarioBlock,
): { [key: string]: Json } {
  return compact({
    type,
    initial,
    entry: listOf(entry).flatMap((action) => nameAction(action, block)),
    always: listTransitions(always),
    on: mapTransitions(on),
    after: mapTransitions(after),
    states: states && Object.fromEntries(Object.entries(states).map(([name, state]) => [name, toState(state, block)])),
  });
}

function mapTransitions(map: Record<string, unknown> = {}): Json | undefined {
  const mapped = Object.entries(map).map(([event, transitions]) => [event, listTransitions(transitions)] as const);
  const filled = mapped.filter(([, transitions]) => transitions.length > 0);
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

/** Without the bound on loops, which every immediate transition carries. */
function listTransitions(transitions: unknown): Json[] {
  const list = listOf(transitions) as TransitionConfig[];
  return list
    .filter(({ target }) => target !== `#${runState.failed}`)
    .map(({ target, reenter, guard, actions, meta }) =>
      compact({
        target,
        reenter,
        description: meta?.way,
        guard: guard && nameGuard(guard.name, meta?.way),
        actions: listOf(actions).flatMap((action) => nameAction(action)),
      }),
    );
}

/** The guard of a branch has no name of its own; the branch is called by its condition. */
function nameGuard(name: string, way: string | undefined): string {
  return name === 'guard' && way !== undefined ? way : name;
}

/** What a block does on entry is what it is called; how a run counts its visits and ways is no concern of a reader. */
function nameAction(action: unknown, block?: ScenarioBlock): Json[] {
  const { type } = action as { type?: string };
  if (type === 'effect') return [{ type: block ? block.type : 'take-back' }];
  if (type === 'leave' || block) return [];
  return [{ type: 'set-variables' }];
}

function compact(values: Record<string, Json | undefined>): { [key: string]: Json } {
  const isFilled = (value: Json | undefined): boolean =>
    value !== undefined && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isFilled(value))) as { [key: string]: Json };
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
