import type { Operation, OperationResult } from '../../contracts/operation.ts';
import type { ValueType } from '../expression/functions/function-definition.ts';
import type { Variables } from '../expression/variables.ts';
import {
  emitOperation,
  isAnswer,
  runSetup,
  toState,
  type BlockState,
  type RunContext,
  type RunEvent,
} from '../machine/run-setup.ts';
import type { BlockBehaviour, BlockExit, BlockWay, BlockWiring } from './block-behaviour.ts';

/** A block that asks the world something and goes on with the answer. */
export interface OperationDefinition<Fields> {
  /** `timeout` and `no-data` where the block has these exits; a block without them takes `failed` then. */
  exits: readonly BlockExit[];
  timeoutMs(fields: Fields): number;
  /** What is asked, compiled once; the context's variables are put in at each visit. */
  operation(fields: Fields): (context: RunContext) => Operation;
  /** What the answer leaves behind, whatever it is. */
  keep?(fields: Fields): (variables: Variables, result: OperationResult) => Variables;
  /** Where an answer that is `done` leads, where that is not the next block. */
  exitOf?(fields: Fields): (result: OperationResult) => string | undefined;
  /** Known behind `next` and behind an exit that `exitOf` names. */
  sets?(fields: Fields): string[];
  /** What those are, where it is known and the table of the world's variables does not tell. */
  types?(fields: Fields): Readonly<Record<string, ValueType>>;
  /** Lists that hold something behind `next`. */
  fills?(fields: Fields): string[];
  /** Known behind every way. */
  setsAlways?(fields: Fields): string[];
}

/** The block type of an operation. An answer that comes after the block's time changes nothing. */
export function operationBlock<Fields>(definition: OperationDefinition<Fields>): BlockBehaviour<Fields> {
  const names = definition.exits.map(({ name }) => name);
  return {
    exits: () => [...definition.exits],
    ways: (fields) => {
      const maxMs = definition.timeoutMs(fields);
      const always = definition.setsAlways?.(fields) ?? [];
      const sets = [...always, ...(definition.sets?.(fields) ?? [])];
      const known = definition.types ? { types: definition.types(fields) } : {};
      const exits = definition.exits.map(({ name, kind }): BlockWay => {
        const by = kind === 'failure' || name === 'timeout' ? 'failed-operation' : 'answer';
        return {
          way: name,
          by,
          maxMs,
          ...(by === 'answer' && name !== 'no-data' ? { sets, ...known } : { sets: always }),
        };
      });
      const fills = definition.fills?.(fields) ?? [];
      return [{ way: 'next', by: 'answer', maxMs, sets, ...known, fills }, ...exits];
    },
    state: (fields, wiring) => operationState({ definition, fields, wiring, names }),
  };
}

interface Compilation<Fields> {
  definition: OperationDefinition<Fields>;
  fields: Fields;
  wiring: BlockWiring;
  names: readonly string[];
}

function operationState<Fields>({ definition, fields, wiring, names }: Compilation<Fields>): BlockState {
  const timeoutMs = definition.timeoutMs(fields);
  const operation = definition.operation(fields);
  const keep = definition.keep?.(fields) ?? ((variables: Variables) => variables);
  const exitOf = definition.exitOf?.(fields) ?? (() => undefined);
  const leaveBy = (name: string): ReturnType<typeof toState> => toState(wiring.exit(name));
  const isResult = ({ context, event }: ResultArgs, name: string | undefined): boolean =>
    isAnswer({ context, event }) &&
    event.type === 'operation.completed' &&
    nameExit(event, names, exitOf(event)) === name;
  const keepResult = runSetup.assign({
    variables: ({ context, event }) =>
      event.type === 'operation.completed' ? keep(context.variables, event) : context.variables,
  });
  const onTime = names.includes('timeout') ? 'timeout' : 'failed';
  return {
    entry: emitOperation(operation, timeoutMs),
    on: {
      'operation.completed': [
        {
          ...toState(wiring.next),
          guard: (args) => isResult(args, undefined),
          actions: keepResult,
        },
        ...names.map((name) => ({
          ...leaveBy(name),
          guard: (args: ResultArgs) => isResult(args, name),
          actions: keepResult,
        })),
      ],
    },
    after: {
      [timeoutMs]: {
        ...leaveBy(onTime),
        actions: runSetup.assign({ variables: ({ context }) => keep(context.variables, timedOut) }),
      },
    },
  };
}

interface ResultArgs {
  context: RunContext;
  event: RunEvent;
}

const timedOut: OperationResult = { outcome: 'timeout', reason: 'No answer came in time.', values: {} };

/** The exit that a result takes; nothing for the next block. */
function nameExit(
  { outcome }: OperationResult,
  names: readonly string[],
  doneExit: string | undefined,
): string | undefined {
  if (outcome === 'done') return doneExit;
  return names.includes(outcome) ? outcome : 'failed';
}
