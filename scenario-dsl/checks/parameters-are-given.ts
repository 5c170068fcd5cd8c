import { findNearestName } from '../../contracts/nearest-name.ts';
import type { ScenarioBlock } from '../document/document.ts';
import { listRequiredInputs, toStaticType, type ParameterType } from '../document/parameters.ts';
import type { TypeOfVariable } from '../expression/infer-type.ts';
import {
  describeType,
  mayBeDate,
  mayBeList,
  mayBeMap,
  mayBeNumber,
  mayBeText,
  mayBeTrueOrFalse,
  type StaticType,
} from '../expression/static-type.ts';
import { runState } from '../machine/run-setup.ts';
import { quoted, showRoute } from '../problems/finding.ts';
import type { Check, CheckFinding, CheckOptions } from './check-report.ts';
import { begins } from './entries-speak.ts';
import { findPath } from './find-path.ts';
import type { Flow, FlowWay } from './flow.ts';
import { tellPath } from './tell-path.ts';
import { areSetting, createUnsetSearch } from './unset-search.ts';
import { inferVariableTypes, valueType } from './variable-types.ts';

const name = 'parameters-are-given';

type Call = Extract<ScenarioBlock, { type: 'start-another-scenario' }>;
type Unset = ReturnType<typeof createUnsetSearch>;

/** What scenarios declare of their inputs and results is kept: by those that start them, and by themselves. */
export const parametersAreGiven: Check = {
  name,
  promise:
    'Every declared input is given, of its type, where a scenario is started, and every declared result is set when it returns.',
  certainty: 'sound',
  run: (flow, options) => {
    const calls = flow.document.blocks
      .filter((block): block is Call => block.type === 'start-another-scenario')
      .filter(({ fields }) => options.scenarios?.[fields.scenario]?.inputs !== undefined);
    const byEntries = checkEntries(flow, options);
    if (calls.length === 0 && flow.document.results === undefined) return { findings: byEntries };
    const unset = createUnsetSearch(flow, [
      ...calls.flatMap(({ fields }) => Object.keys(options.scenarios?.[fields.scenario]?.inputs ?? {})),
      ...Object.keys(flow.document.results ?? {}),
    ]);
    const typeOf = inferVariableTypes(flow.document);
    return {
      findings: [
        ...calls.flatMap((call) => checkCall(call, { flow, options, unset, typeOf })),
        ...checkResults(flow, { unset, typeOf }),
        ...byEntries,
      ],
    };
  },
};

/** An entry gives a scenario nothing. */
function checkEntries({ document }: Flow, { configuration, version }: CheckOptions): CheckFinding[] {
  const [input] = listRequiredInputs(document);
  const entry = configuration?.entries.find((each) => begins(each, document.scenario, version));
  if (input === undefined || !entry) return [];
  return [
    {
      check: name,
      severity: 'error',
      code: 'input-not-given',
      message: `Entry ${quoted(entry.name)} begins this scenario, and nobody gives it $(${input}) there.`,
      remedy: `Let the entry begin a scenario that starts this one, or say "optional: true" and read $(${input}|…).`,
      path: ['inputs', input],
      atKey: true,
    },
  ];
}

interface Around {
  flow: Flow;
  options: CheckOptions;
  unset: Unset;
  typeOf: TypeOfVariable;
}

function checkCall({ id, type, fields }: Call, { flow, options, unset, typeOf }: Around): CheckFinding[] {
  const { scenario, variables = {} } = fields;
  const started = options.scenarios?.[scenario];
  if (!started?.inputs) return [];
  const { inputs } = started;
  const path = ['blocks', id, type];
  const missing = listRequiredInputs(started)
    .filter((input) => !Object.hasOwn(variables, input) && unset(input, id))
    .map((input): CheckFinding => {
      const way = findPath(flow, { isGoal: (block) => block === id, mayTake: (each) => !areSetting(each.sets, input) });
      return {
        check: name,
        severity: 'error',
        code: 'input-not-given',
        message: `Scenario "${scenario}" needs $(${input}), which is not set on the way ${routeOf(flow, way ?? [])}.`,
        remedy: `Give it here: "variables: { ${input}: … }".`,
        path: [...path, 'scenario'],
        transcript: tellPath(flow, way ?? []),
      };
    });
  const given = Object.entries(variables).flatMap(([variable, value]): CheckFinding[] => {
    const place = [...path, 'variables', variable];
    const input = Object.hasOwn(inputs, variable) ? inputs[variable] : undefined;
    if (!input) return [unknownInput(scenario, { variable, known: Object.keys(inputs), path: place })];
    const actual = valueType(value, typeOf);
    if (fits(actual, input.type)) return [];
    const message = `$(${variable}) of scenario "${scenario}" is ${describeType(toStaticType(input.type))}; this is ${describeType(actual)}.`;
    return [
      {
        check: name,
        severity: 'error',
        code: 'type-mismatch',
        message,
        remedy: `Give it ${describeType(toStaticType(input.type))}.`,
        path: place,
      },
    ];
  });
  return [...missing, ...given];
}

function unknownInput(
  scenario: string,
  { variable, known, path }: { variable: string; known: readonly string[]; path: string[] },
): CheckFinding {
  const meant = findNearestName(variable, known);
  return {
    check: name,
    severity: 'error',
    code: 'unknown-input',
    message: `Scenario "${scenario}" declares no input "${variable}".`,
    remedy:
      meant === undefined
        ? `It takes ${known.join(', ') || 'none'}. Declare it there, or set it by a Set Variable block before.`
        : `Did you mean "${meant}"?`,
    path,
    atKey: true,
  };
}

/** Every way out that leads back, without what the scenario says it has set then. */
function checkResults(flow: Flow, { unset, typeOf }: { unset: Unset; typeOf: TypeOfVariable }): CheckFinding[] {
  const ends = flow.ways.filter(({ from, to }) => to === runState.done && flow.blocks.get(from)?.type !== 'exit');
  return Object.entries(flow.document.results ?? {}).flatMap(([result, type]) => {
    const end = ends.find((way) => unset(result, way.from) && !areSetting(way.sets, result));
    if (end) return [notSet(flow, { result, end })];
    const actual = typeOf(result);
    if (fits(actual, type)) return [];
    const message = `$(${result}) is declared as ${describeType(toStaticType(type))}; it is ${describeType(actual)}.`;
    return [
      {
        check: name,
        severity: 'error' as const,
        code: 'type-mismatch',
        message,
        remedy: 'Correct its type, or what sets it.',
        path: ['results', result],
      },
    ];
  });
}

function notSet(flow: Flow, { result, end }: { result: string; end: FlowWay }): CheckFinding {
  const isGoal = (block: string): boolean => block === end.from;
  const way = findPath(flow, { isGoal, mayTake: ({ sets }) => !areSetting(sets, result) }) ?? [];
  return {
    check: name,
    severity: 'error',
    code: 'result-not-set',
    message: `$(${result}) is a result of this scenario, but not set on the way ${routeOf(flow, way)}, where it returns.`,
    remedy: `Set it on that way, or take it out of "results".`,
    path: ['results', result],
    atKey: true,
    transcript: tellPath(flow, way),
  };
}

function routeOf(flow: Flow, way: readonly FlowWay[]): string {
  return showRoute([flow.start, ...way.map(({ to }) => to)]);
}

const fitsType: Readonly<Record<Exclude<ParameterType, 'any'>, (type: StaticType) => boolean>> = {
  text: mayBeText,
  number: mayBeNumber,
  boolean: mayBeTrueOrFalse,
  date: mayBeDate,
  list: mayBeList,
  map: mayBeMap,
};

function fits(actual: StaticType, wanted: ParameterType): boolean {
  return wanted === 'any' || fitsType[wanted](actual);
}
