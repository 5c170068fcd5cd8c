import { findNearestName } from '../../contracts/nearest-name.ts';
import { listSetByInputs } from '../document/parameters.ts';
import { parseLanguageChoice } from '../expression/choose-language.ts';
import { worldVariables } from '../expression/world-variables.ts';
import { showRoute } from '../problems/finding.ts';
import type { Check, CheckFinding } from './check-report.ts';
import { findPath } from './find-path.ts';
import type { Flow, FlowWay } from './flow.ts';
import { meantCount } from './foreign-values.ts';
import { tellPath } from './tell-path.ts';
import { areSetting, createUnsetSearch } from './unset-search.ts';
import { isProvided, listRuleReads, listVariableReads, type VariableRead } from './variable-reads.ts';

const name = 'variables-are-set';

/** Each is told with a path of its own; whoever has so many has made one mistake many times. */
const MAX_FINDINGS = 200;

/** A variable without a fallback has a value on every path to where it is read. */
export const variablesAreSet: Check = {
  name,
  promise: 'Every variable without a fallback is set on every path before it is read.',
  certainty: 'sound',
  run: (flow) => {
    const { document } = flow;
    const names = listSet(flow);
    const reads = [...document.blocks.flatMap((block) => listVariableReads(block)), ...listRuleReads(document)];
    const needed = reads.filter((read) => isOwn(read) && !read.isOptional);
    const isUnset = createUnsetSearch(
      flow,
      needed.map(({ variable }) => variable),
    );
    const early = takePlaces(needed, (read) => isUnset(read.variable, read.block));
    const unknown = takePlaces(
      reads,
      (read) =>
        (read.isOptional === true || !isOwn(read)) &&
        !isOfWorld(read.variable) &&
        !isSetAnywhere(names, read.variable) &&
        isSlip(read),
    );
    return {
      findings: [
        ...early.map((read) => toFinding({ flow, names }, read)),
        ...unknown.map(toUnknown),
        ...checkLanguage({ flow, names }),
      ],
    };
  },
};

/** The first reads that are so, one for each place: a rule of `anywhere` reads in many blocks what stands in one. No more are looked at than told. */
function takePlaces(reads: readonly VariableRead[], isSo: (read: VariableRead) => boolean): VariableRead[] {
  const byPlace = new Map<string, VariableRead>();
  for (const read of reads) {
    if (byPlace.size >= MAX_FINDINGS) break;
    const place = JSON.stringify([read.path, read.at, read.variable]);
    if (!byPlace.has(place) && isSo(read)) byPlace.set(place, read);
  }
  return [...byPlace.values()];
}

function isOwn({ variable }: VariableRead): boolean {
  return !isProvided(variable);
}

/** With a fallback a name of one's own may be meant, which whoever starts the scenario sets; one that is nearly the world's is not. */
function isSlip({ variable, isOptional, isBare }: VariableRead): boolean {
  return !isOptional || isBare === true || findSibling(variable) !== undefined;
}

/** A variable of the same map whose last part is nearly the same: customer.firstname. */
function findSibling(variable: string): string | undefined {
  const [, parent = '', last = ''] = /^(.*\.)?([^.]*)$/.exec(variable) ?? [];
  const siblings = worldVariables.flatMap(({ name: known }) =>
    known.startsWith(parent) && !known.slice(parent.length).includes('.') ? known.slice(parent.length) : [],
  );
  return findNearestName(last, siblings);
}

/** `hours.closesAt`: what there is of the world's map, where nothing in it is nearly called so. */
function listSiblings(variable: string): string[] {
  const [parent = '', ...rest] = variable.split('.');
  if (rest.length === 0 || isOfWorld(variable)) return [];
  return worldVariables.flatMap(({ name: known }) => (known.startsWith(`${parent}.`) ? known : []));
}

/** The end of a name counts more than its letters: `customer.name` is `customer.firstName`, and not `customer.id`. */
function findWorldVariable(variable: string): string | undefined {
  const [, parent = '', last = ''] = /^(.*\.)?([^.]*)$/.exec(variable) ?? [];
  const ending = worldVariables.find(
    ({ name: known }) => known.startsWith(parent) && known.toLowerCase().endsWith(last.toLowerCase()),
  );
  if (parent !== '' && last !== '' && ending) return ending.name;
  return findNearestName(
    variable,
    worldVariables.map((known) => known.name),
  );
}

/** A variable that the world provides, a part of one, or the map around it; forms of other channels may hold anything. */
function isOfWorld(variable: string): boolean {
  if (variable.startsWith('item.externalChatData')) return true;
  return worldVariables.some(
    ({ name: known }) => known === variable || known.startsWith(`${variable}.`) || variable.startsWith(`${known}.`),
  );
}

/** What is set anywhere, each name once. An If that asks for a variable knows it behind itself, and sets none. */
function listSet({ ways, blocks, document }: Flow): string[] {
  const setting = ways.filter(({ from }) => blocks.get(from)?.type !== 'if');
  const given = listSetByInputs(document, Object.keys(document.inputs ?? {}));
  return [...new Set([...given, ...setting.flatMap(({ sets }) => sets)])];
}

function isSetAnywhere(names: readonly string[], variable: string): boolean {
  return areSetting(names, variable) || names.some((set) => variable.startsWith(`${set}.`));
}

interface Around {
  flow: Flow;
  /** What is set anywhere. */
  names: readonly string[];
}

/** Nothing ever sets it, so it is a slip of the pen; a warning, because it reads as nothing and stops nobody. */
function toUnknown({ variable, path, at, length, isBare }: VariableRead): CheckFinding {
  const nearest = findWorldVariable(variable);
  return {
    check: name,
    severity: 'warning',
    code: 'unknown-variable',
    message: `$(${variable}) is not a variable of the world, and no block sets it.`,
    remedy: isBare ? quotesRemedy(variable) : otherRemedy(nearest),
    path,
    ...(at !== undefined && { at }),
    ...(length !== undefined && { length }),
  };
}

/** A language that nobody ever chooses is a slip of the pen. */
function checkLanguage({ flow, names }: Around): CheckFinding[] {
  const variable = parseLanguageChoice(flow.document.language ?? '')?.variable.join('.');
  if (variable === undefined || isOfWorld(variable) || isSetAnywhere(names, variable)) return [];
  const message = `$(${variable}) chooses the language, and no block sets it.`;
  const remedy = 'Set it where the customer chooses, or take what the world says: $(item.referral.ref|en).';
  return [{ check: name, severity: 'warning', code: 'unknown-variable', message, remedy, path: ['language'] }];
}

function otherRemedy(nearest: string | undefined): string {
  return nearest === undefined ? 'See docs/scenario-expressions.md for those there are.' : `Did you mean "${nearest}"?`;
}

/** A bare name that nothing sets is text whose quotes were forgotten, more often than not. */
function quotesRemedy(variable: string): string {
  return `For text write it in quotes: '${variable}'. For a variable, set it first.`;
}

function toFinding({ flow, names }: Around, read: VariableRead): CheckFinding {
  const { block, variable, path } = read;
  const isGoal = (candidate: string): boolean => candidate === block;
  const keepsUnset = ({ sets }: FlowWay): boolean => !areSetting(sets, variable);
  const usual = findPath(flow, { isGoal, mayTake: (way) => keepsUnset(way) && !isUnwiredLimit(flow, way) });
  const way = usual ?? findPath(flow, { isGoal, mayTake: keepsUnset }) ?? [];
  const route = showRoute([flow.start, ...way.map(({ to }) => to)]);
  const isKnown = isSetAnywhere(names, variable);
  const meant = isKnown ? undefined : findNearestName(variable, listKnown(names));
  const isText = read.isBare === true && !isKnown;
  if (meant === undefined && !isText && !isKnown && canReturn(flow)) return toParameter(read);
  return {
    check: name,
    severity: usual ? 'error' : 'warning',
    code: 'variable-not-set',
    message: `$(${variable}) is read here, but not set on the way ${route}.`,
    remedy:
      findFormField({ flow, names }, variable) ??
      remedyFor(variable, { meant, isText, isUsual: usual !== undefined, by: findCulprit(flow, way, variable) }),
    path,
    ...placeOf(read),
    transcript: tellPath(flow, way),
  };
}

function placeOf({ at, length }: VariableRead): Pick<CheckFinding, 'at' | 'length'> {
  return { ...(at !== undefined && { at }), ...(length !== undefined && { length }) };
}

/** A field of a form has a name, which is no variable. */
function findFormField({ flow, names }: Around, variable: string): string | undefined {
  if (isSetAnywhere(names, variable)) return undefined;
  const isField = flow.document.blocks.some(
    (block) => block.type === 'request-input' && block.fields.form?.some(({ name: field }) => field === variable),
  );
  return isField
    ? `What was asked in the form is $(item.externalChatData.${variable}), or $(${variable}) where its field has into: ${variable}.`
    : undefined;
}

function remedyFor(
  variable: string,
  {
    meant,
    isText,
    isUsual,
    by,
  }: { meant: string | undefined; isText: boolean; isUsual: boolean; by: FlowWay | undefined },
): string {
  if (/^(?:secrets?|env|vault)\./i.test(variable))
    return `A secret is named, in "headers" or "auth" of a fetch-url: auth: { bearer: { secret: ${variable.split('.')[1] ?? ''} } }.`;
  const counted = meantCount(variable);
  if (counted !== undefined) return `How many there are is $(count(${counted})).`;
  if (meant !== undefined) return `Did you mean $(${meant})?`;
  if (isText) return quotesRemedy(variable);
  if (isUsual && by)
    return `Lead the exit "${by.way}" of "${by.from}", by which nothing sets it, elsewhere, or write what to say without it: $(${variable}|…).`;
  const siblings = listSiblings(variable);
  if (siblings.length > 0) return `There are $(${siblings.join('), $(')}).`;
  return isUsual
    ? `Set it on that way, or write what to say without it: $(${variable}|…).`
    : 'Wire the exit "queue-limit" on that way, or write what to say without the variable.';
}

/** The way out of a block that would have set the variable by another one, where the author has not said where it leads. */
function findCulprit(flow: Flow, path: readonly FlowWay[], variable: string): FlowWay | undefined {
  const couldSet = ({ from }: FlowWay): boolean =>
    flow.ways.some((other) => other.from === from && areSetting(other.sets, variable));
  return path.findLast(
    (way) => way.way !== 'next' && !Object.hasOwn(flow.blocks.get(way.from)?.exits ?? {}, way.way) && couldSet(way),
  );
}

/** A scenario that returns is started by others, and what nothing in it sets it is given by them. */
function canReturn({ document }: Flow): boolean {
  return document.blocks.some(({ type }) => type === 'return');
}

/** Where it is started, the scenario that does so is checked for setting it. */
function toParameter({ variable, path, at, length }: VariableRead): CheckFinding {
  return {
    check: name,
    severity: 'warning',
    code: 'set-by-starter',
    message: `$(${variable}) is set by nothing here: whoever starts this scenario has to.`,
    remedy: `Declare it, "inputs: { ${variable}: text }" beside "blocks", or write what to say without it: $(${variable}|…).`,
    path,
    ...(at !== undefined && { at }),
    ...(length !== undefined && { length }),
  };
}

/** Every variable that some block sets, and those of the world. */
function listKnown(names: readonly string[]): Set<string> {
  return new Set([...names.filter((each) => !each.endsWith('.*')), ...worldVariables.map((known) => known.name)]);
}

/** A full queue nobody thought of: it falls to the next block, which reads oddly then, but is no reason to hold a scenario back. */
function isUnwiredLimit(flow: Flow, { way, from }: FlowWay): boolean {
  return way === 'queue-limit' && !Object.hasOwn(flow.blocks.get(from)?.exits ?? {}, way);
}
