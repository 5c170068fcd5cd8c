import { getBlockWays } from '../blocks/block-behaviours.ts';
import { isEachList } from '../blocks/list-items.ts';
import { listOptions } from '../blocks/question.ts';
import { holdsIn } from '../document/anywhere.ts';
import { listAskedQuestions } from '../document/asked-questions.ts';
import type { AnywhereRule, ScenarioBlock } from '../document/document.ts';
import { isWithin } from '../document/expand-scenarios.ts';
import { evaluateCondition } from '../expression/evaluate-condition.ts';
import type { Expression } from '../expression/expression.ts';
import { listVariables } from '../expression/list-variables.ts';
import { firstSaid, listSaid, type SaidText } from '../expression/said-text.ts';
import { getCondition } from '../expression/parse-condition.ts';
import { quoted, type SourcePath } from '../problems/finding.ts';
import type { CheckFinding } from './check-report.ts';
import type { Flow } from './flow.ts';

/** What the rules of `anywhere` hold and hardly mean; those of started scenarios are told in their own files. */
export function findRuleSlips(flow: Flow, name: string): CheckFinding[] {
  const listening = flow.document.blocks.filter((block) => getBlockWays(block).hearing === 'listens');
  const awaited = listAwaited(flow.document.blocks);
  return (flow.document.anywhere ?? []).flatMap((rule, index) => {
    if (rule.within !== undefined) return [];
    const subject = {
      rule,
      listening,
      awaited,
      condition: rule.when === undefined ? undefined : getCondition(rule.when),
    };
    return [
      ...findIdleRule(subject),
      ...findIdleExceptions(subject),
      ...findRuleWithoutMessage(subject),
      ...findTakenReplies(subject),
    ].map(({ path, ...parts }): CheckFinding => ({
      check: name,
      severity: 'warning',
      path: ['anywhere', index, ...path],
      ...parts,
    }));
  });
}

interface Subject {
  rule: AnywhereRule;
  /** The blocks in which the scenario listens. */
  listening: readonly ScenarioBlock[];
  /** None where an event is waited for. */
  condition: Expression | undefined;
  /** Titles and payloads that some branch asks for. */
  awaited: ReadonlySet<string>;
}

type Slip = Pick<CheckFinding, 'code' | 'message' | 'remedy'> & { path: SourcePath };

function findIdleRule({ rule, listening }: Subject): Slip[] {
  if (listening.some(({ id }) => holdsIn(rule, id))) return [];
  const code = 'rule-holds-nowhere';
  if (listening.length > 0) {
    const message = 'This rule holds nowhere: "except" names every block that listens.';
    return [{ code, message, remedy: 'Take out of "except" those in which it is to hold.', path: ['except'] }];
  }
  const message = 'This rule holds nowhere: no block of the scenario listens to the customer.';
  return [{ code, message, remedy: 'Add a Send Message with "wait", or remove the rule.', path: [] }];
}

function findIdleExceptions({ rule: { except = [] }, listening }: Subject): Slip[] {
  return except.flatMap((id, index): Slip[] => {
    if (listening.some((block) => isWithin(block.id, id))) return [];
    const message = `${quoted(id)} does not listen to the customer: no rule holds there anyway.`;
    const remedy = 'Name a block that waits for a reply, or take it out.';
    return [{ code: 'unused-except', message, remedy, path: ['except', index] }];
  });
}

const MESSAGE = ['item.message', 'item.payload', 'item.attachments'];

function findRuleWithoutMessage({ condition }: Subject): Slip[] {
  if (!condition || listVariables(condition).some(({ variable }) => isOfMessage(variable))) return [];
  const message = 'This asks nothing of the message: where it holds, whatever the customer writes is taken.';
  const remedy = `Ask for the message as well: $(item.message) matches '^(agent|human)\\b'.`;
  return [{ code: 'rule-without-message', message, remedy, path: ['when'] }];
}

function isOfMessage(variable: string): boolean {
  return MESSAGE.some((name) => variable === name || variable.startsWith(`${name}.`));
}

/** A quick reply that fits, and that some branch asks for: the rule takes it, and the block that offers it never reads it. */
function findTakenReplies({ rule, listening, condition, awaited }: Subject): Slip[] {
  if (!condition || !listVariables(condition).every(({ variable }) => isOfMessage(variable))) return [];
  return listening.flatMap((block): Slip[] => {
    if (!holdsIn(rule, block.id)) return [];
    const taken = listReplies(block).find(
      (reply) => (awaited.has(reply.title) || awaited.has(reply.payload)) && fits(condition, reply),
    );
    if (!taken) return [];
    const message = `${quoted(taken.title)}, which ${quoted(block.id)} offers, fits this rule and leads to ${quoted(rule.go)}.`;
    const remedy = `Where ${quoted(block.id)} is to read it, write except: [${block.id}].`;
    return [{ code: 'reply-taken', message, remedy, path: ['when'] }];
  });
}

interface OfferedReply {
  title: string;
  payload: string;
}

/** What a block offers to tap, as far as it is written out. */
function listReplies(block: ScenarioBlock): OfferedReply[] {
  const { quickReplies = [] } = block.type === 'send-message' ? block.fields : {};
  const tapped = isEachList(quickReplies) ? [] : quickReplies;
  const options = listAskedQuestions(block).flatMap(listOptions);
  return [
    ...tapped.flatMap(({ title, payload }) => listOffered(title, payload)),
    ...options.flatMap(({ title, value }) => listOffered(title, value)),
  ].filter(({ title }) => !title.includes('$('));
}

/** In each language; without a payload the title is what comes back. */
function listOffered(title: SaidText, payload: SaidText | undefined): OfferedReply[] {
  const sent = payload === undefined ? undefined : firstSaid(payload);
  return listSaid(title).map(({ source }) => ({ title: source, payload: sent ?? source }));
}

function fits(condition: Expression, { title, payload }: OfferedReply): boolean {
  return evaluateCondition(condition, { item: { message: title, payload, attachments: [] } });
}

/** What branches compare with, in the author's words. */
function listAwaited(blocks: readonly ScenarioBlock[]): ReadonlySet<string> {
  return new Set(
    blocks.flatMap((block) => {
      if (block.type === 'switch') return Object.keys(block.fields.cases);
      if (block.type !== 'if') return [];
      return block.fields.flatMap(({ when }) => (when === undefined ? [] : listLiterals(when)));
    }),
  );
}

function listLiterals(when: string): string[] {
  return [...when.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? '');
}
