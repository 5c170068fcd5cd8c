import { z } from 'zod';
import { configurationDocumentSchema } from '../../../contracts/configuration-schema.ts';
import { buildFlow } from '../../../scenario-dsl/checks/flow.ts';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import {
  createScenarioJsonSchema,
  type JsonSchema,
  type ScenarioNames,
} from '../../../scenario-dsl/document/scenario-json-schema.ts';
import { worldVariables } from '../../../scenario-dsl/expression/world-variables.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { createTestJsonSchema } from '../../../scenario-dsl/testing/test-json-schema.ts';
import type { CommandIo } from '../../command.ts';
import { readScenarioFile } from '../../read-scenario-file.ts';
import { formatFileProblem } from '../apply/file-problem.ts';

interface SchemaRequest {
  /** The scenario whose names are offered. */
  file: string | undefined;
  of: 'scenario' | 'tests' | 'configuration';
}

/** Prints a JSON Schema. Gives the exit code. */
export async function printSchema({ file, of }: SchemaRequest, io: CommandIo): Promise<number> {
  const read = file === undefined ? undefined : await readScenarioFile(file);
  if (read && 'problem' in read) {
    io.printError(formatFileProblem(read.problem));
    return 1;
  }
  const names = read ? listNames(read.text) : undefined;
  io.print(JSON.stringify(create(of, names), null, 2));
  return 0;
}

function create(of: SchemaRequest['of'], names: ScenarioNames | undefined): JsonSchema {
  if (of === 'tests') return createTestJsonSchema(names);
  if (of === 'scenario') return createScenarioJsonSchema(names);
  return z.toJSONSchema(configurationDocumentSchema, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
  });
}

/** Also of a file with errors: it is being written. */
function listNames(text: string): ScenarioNames {
  const { document, readable } = parseScenario(text);
  const known: ScenarioDocument | undefined = document ?? readable;
  if (!known) return { blocks: [], variables: [] };
  const set = buildFlow(known).ways.flatMap(({ sets }) => sets.filter((name) => !name.endsWith('.*')));
  const world = worldVariables.map(({ name }) => name);
  return { blocks: known.blocks.map(({ id }) => id), variables: [...new Set([...set, ...world])] };
}
