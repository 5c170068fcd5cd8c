import { isEachList } from '../blocks/list-items.ts';
import { firstSaid, type SaidText } from '../expression/said-text.ts';
import type { ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { findDeadAddresses, findDigitsAsNumbers } from './addresses-and-digits.ts';
import type { Check, CheckFinding } from './check-report.ts';

const name = 'fields-are-meant';

const MAX_FINDINGS = 200;

/** Fields whose values are allowed and hardly what their author wants. */
export const fieldsAreMeant: Check = {
  name,
  promise:
    'No field holds what can never work: plain http, a secret in clear, an address that leads nowhere, digits that lose their zeros, a search that narrows, two titles alike, a name of the world’s.',
  certainty: 'bounded',
  run: ({ document }) => ({
    findings: [
      ...checkInputs(document),
      ...document.blocks.flatMap(checkBlock),
      ...document.blocks.flatMap(checkParts),
    ].slice(0, MAX_FINDINGS),
  }),
};

function checkBlock(block: ScenarioBlock): CheckFinding[] {
  if (block.type === 'fetch-url') return checkRequest(block);
  if (block.type === 'find-agent') return checkSearch(block);
  if (block.type === 'set-variable') return checkNames(block);
  return block.type === 'send-message' ? checkTitles(block) : [];
}

/** What stands in fields of a message or a question, and is well written. */
function checkParts(block: ScenarioBlock): CheckFinding[] {
  return [...findDeadAddresses(block), ...findDigitsAsNumbers(block)].map(({ path, ...parts }) =>
    at(block, [...path], parts),
  );
}

/** What the world puts there, the item of a list, and maps of the world, whose parts are lost with them. */
const TAKEN: ReadonlySet<string> = new Set(['today', 'now', 'each', 'item', 'customer', 'page', 'entry', 'service']);

function taken(variable: string): Parts {
  return {
    code: 'name-taken',
    message: `$(${variable}) is the world’s: what is set here stands in its place, and what else reads it goes wrong.`,
    remedy: `Choose another name: ${/^(?:customer|item|page|entry|service)$/.test(variable) ? `${variable}.note` : `my-${variable}`}.`,
  };
}

function checkNames(block: BlockOf<'set-variable'>): CheckFinding[] {
  return Object.keys(block.fields)
    .filter((variable) => TAKEN.has(variable))
    .map((variable) => at(block, [variable], taken(variable)));
}

function checkInputs({ inputs = {} }: ScenarioDocument): CheckFinding[] {
  return Object.keys(inputs)
    .filter((variable) => TAKEN.has(variable))
    .map((variable) => ({ check: name, severity: 'warning', path: ['inputs', variable], ...taken(variable) }));
}

type BlockOf<Type extends ScenarioBlock['type']> = Extract<ScenarioBlock, { type: Type }>;

type Parts = Pick<CheckFinding, 'code' | 'message' | 'remedy'> & Partial<Pick<CheckFinding, 'severity'>>;

function at(block: ScenarioBlock, path: (string | number)[], parts: Parts): CheckFinding {
  return { check: name, severity: 'warning', path: ['blocks', block.id, block.type, ...path], ...parts };
}

function checkRequest(block: BlockOf<'fetch-url'>): CheckFinding[] {
  const { url, headers = {}, params = {} } = block.fields;
  const secrets = [
    ...Object.entries(headers).flatMap(([key, value]) => (isSecret(key, value) ? [['headers', key]] : [])),
    ...Object.entries(params).flatMap(([key, value]) => (isSecret(key, value) ? [['params', key]] : [])),
    ...(/[?&](?:api[-_]?key|access[-_]?token|token|secret|password)=[^&$]{6,}/i.test(url) ? [['url']] : []),
  ];
  return [
    ...(/^http:/i.test(url) ? [plainHttp(block, url)] : []),
    ...secrets.map((path) =>
      at(block, path, {
        code: 'secret-in-clear',
        message: 'This looks like a secret, and stands here for everybody who reads the scenario or its histories.',
        remedy:
          'Name it: { secret: <name> } in "headers" or "auth", with a document "kind: secret" in the configuration.',
      }),
    ),
  ];
}

/** An operator can allow it for hosts of the house. */
function plainHttp(block: BlockOf<'fetch-url'>, url: string): CheckFinding {
  const [, host = ''] = /^http:\/\/([^/:?#]*)/i.exec(url) ?? [];
  const isOfHouse =
    !host.includes('.') ||
    host.includes('$(') ||
    /\.(?:local|internal|lan|home|intranet|localhost)$|^[\d.]+$/i.test(host);
  return at(block, ['url'], {
    severity: isOfHouse ? 'warning' : 'error',
    code: 'plain-http',
    message:
      'Plain http is refused: this takes "failed" always, unless an operator allows the host (ATTENDANT_PRIVATE_HOSTS).',
    remedy: 'Write https.',
  });
}

const SECRET_NAMES =
  /^(?:authorization|proxy-authorization|cookie|x-api-key|api[-_]?key|apikey|x-auth-token|x-access-token|access[-_]?token|token|secret|client[-_]?secret|password)$/i;

/** Written out, and long enough to be one; a variable may hold anything. */
function isSecret(key: string, value: unknown): boolean {
  return typeof value === 'string' && SECRET_NAMES.test(key) && value.length >= 6 && !value.includes('$(');
}

function checkSearch(block: BlockOf<'find-agent'>): CheckFinding[] {
  const { skills, intervals = [] } = block.fields;
  const narrowing = intervals.findIndex((interval, index) => {
    const before = intervals.slice(0, index).map(({ minLevel }) => minLevel ?? 0);
    return before.length > 0 && (interval.minLevel ?? 0) > Math.min(...before);
  });
  return [
    ...(skills?.length === 0
      ? [
          at(block, ['skills'], {
            code: 'no-skills',
            message: 'No skill is asked for: everybody of the service is found.',
            remedy: 'Name the skills, or remove "skills".',
          }),
        ]
      : []),
    ...(narrowing < 0
      ? []
      : [
          at(block, ['intervals', narrowing, 'minLevel'], {
            code: 'search-narrows',
            message: `A later interval only widens the search: this level counts as ${lowest(intervals, narrowing)}.`,
            remedy: 'Begin with the highest level and let each later one be lower.',
          }),
        ]),
  ];
}

function lowest(intervals: readonly { minLevel?: number | undefined }[], index: number): number {
  return Math.min(...intervals.slice(0, index).map(({ minLevel }) => minLevel ?? 0));
}

/** A customer cannot tell them apart, and neither can who reads the reply. */
function checkTitles(block: BlockOf<'send-message'>): CheckFinding[] {
  const { quickReplies = [], buttons = [] } = block.fields;
  return [
    ...findTwice(isEachList(quickReplies) ? [] : quickReplies).map((index) => ['quickReplies', index, 'title']),
    ...findTwice(buttons).map((index) => ['buttons', index, 'title']),
  ].map((path) =>
    at(block, path, {
      code: 'title-twice',
      message: 'This title stands here twice: the customer cannot tell one from the other.',
      remedy: 'Give each a title of its own.',
    }),
  );
}

function findTwice(titles: readonly { title: SaidText }[]): number[] {
  const seen = titles.map(({ title }) => firstSaid(title).trim().toLowerCase());
  return seen.flatMap((title, index) => (seen.indexOf(title) < index ? [index] : []));
}
