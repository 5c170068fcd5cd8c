import { formatDuration } from '../../contracts/duration.ts';
import { RESERVED_MODEL_CHOICES } from '../../contracts/operation.ts';
import { getSentTexts } from '../blocks/block-behaviours.ts';
import type { QuestionFields } from '../blocks/request-input-schema.ts';
import { listQuestions } from '../blocks/request-input.ts';
import { buildFlow } from '../checks/flow.ts';
import type { ScenarioBlock, ScenarioDocument } from '../document/document.ts';
import { collectLists, createLists, type ListMaterial } from './random-lists.ts';
import type { Random } from './random.ts';
import type { TestAgent, TestResponse, TestAnswers, TestStep } from './test-file-schema.ts';

/** What a random conversation is made of, taken from the scenario itself so that it gets far. */
export interface FuzzMaterial {
  agents: Record<string, TestAgent>;
  words: readonly [string, ...string[]];
  titles: readonly string[];
  times: readonly [string, ...string[]];
  /** Languages that customers come for, by a link. */
  languages: readonly string[];
  /** What models may choose. */
  choices: readonly [string, ...string[]];
  lists: ListMaterial;
}

const MAX_STEPS = 25;

/** Words of its conditions, titles of its buttons, times of its timers, agents with its skills. */
export function collectMaterial(document: ScenarioDocument): FuzzMaterial {
  const skills = document.blocks.flatMap((block) => (block.type === 'find-agent' ? (block.fields.skills ?? []) : []));
  const withLevel = (level: number): Record<string, number> =>
    Object.fromEntries(skills.map((skill) => [skill, level]));
  const branches = document.blocks.flatMap((block) => (block.type === 'if' ? block.fields : []));
  const conditions = [...branches, ...(document.anywhere ?? [])].flatMap(({ when }) => when ?? []);
  const words = conditions.flatMap((when) =>
    [...when.matchAll(/'([^']*)'|"([^"]*)"/g)].flatMap(([, single, double]) => listWords(single ?? double ?? '')),
  );
  const cases = document.blocks.flatMap((block) => (block.type === 'switch' ? Object.keys(block.fields.cases) : []));
  const inputs = document.blocks.flatMap((block) =>
    block.type === 'request-input'
      ? listQuestions(block.fields).flatMap(({ type = 'text' }) => sampleInputs[type])
      : [],
  );
  const lists = collectLists(document);
  const times = buildFlow(document).ways.flatMap(({ minMs }) => (minMs > 0 ? [minMs - 1, minMs] : []));
  return {
    agents: { ann: { skills: withLevel(100) }, ben: { skills: withLevel(1), state: 'not-ready' } },
    words: [
      'hello',
      '',
      '$(question)',
      '5',
      ...(lists.paths.length === 0 ? [] : ['1', '14']),
      ...new Set([...words, ...cases, ...inputs, ...(document.languages ?? [])]),
    ],
    titles: document.blocks.flatMap(listTitles),
    languages: document.languages ?? [],
    choices: [
      ...RESERVED_MODEL_CHOICES,
      ...document.blocks.flatMap((block) =>
        block.type === 'ai-agent' ? (block.fields.actions ?? []).map(({ name }) => name) : [],
      ),
    ],
    lists,
    times: ['1s', '23h', '23h59m', ...new Set(times.map((ms) => formatDuration(ms)))],
  };
}

/** A text as it stands, and the words in it: of a pattern those are what fits it. */
function listWords(literal: string): string[] {
  return [literal, ...literal.replaceAll(/\\./g, ' ').split(/[^\p{L}\p{N}]+/u)].filter((word) => word !== '');
}

function listTitles(block: ScenarioBlock): string[] {
  return getSentTexts(block).flatMap(({ isTapped, source }) => (isTapped ? [source] : []));
}

/** A reply of each type; of a choice and a rating the quick replies are. */
const sampleInputs: Record<NonNullable<QuestionFields['type']>, string[]> = {
  text: [],
  email: ['ada@example.com'],
  phone: ['+49 30 1234567'],
  number: ['1'],
  date: ['2026-05-03', 'tomorrow', '24.12.', 'Monday', '29 February', 'yesterday'],
  choice: [],
  rating: [],
  file: [],
  location: ['52.52, 13.405'],
};

/** Steps of a conversation; some will not apply when their turn comes, and are passed over. */
export function createRandomSteps(material: FuzzMaterial, random: Random): TestStep[] {
  const [first, ...rest] = material.languages;
  const isByLink = first !== undefined && random.below(2) === 0;
  const opening = isByLink ? { referral: { ref: random.pick([first, ...rest]) } } : random.pick(material.words);
  const steps: TestStep[] = [{ customer: opening }];
  for (let count = random.below(MAX_STEPS); count > 0; count -= 1) steps.push(createStep(material, random));
  // Before the first message the world can be in any state as well.
  return random.below(3) === 0 ? [createWorldStep(material, random), ...steps] : steps;
}

function createStep(material: FuzzMaterial, random: Random): TestStep {
  const { words, titles, times } = material;
  const [first, ...rest] = titles;
  return random.pick<() => TestStep>([
    () => ({ customer: random.pick(words) }),
    () => (first === undefined ? { customer: random.pick(words) } : { tap: random.pick([first, ...rest]) }),
    () => ({ after: random.pick(times) }),
    () => ({
      agent: random.pick(['ann', 'ben']),
      does: random.pick(['accept', 'accept', 'reject', 'ignore', 'leave']),
    }),
    () => ({ agent: random.pick(['ann', 'ben']), does: random.pick(['ready', 'not-ready', 'log-in', 'log-out']) }),
    () => createWorldStep(material, random),
    () => ({ outcome: random.pick(['sent', 'failed', 'unknown']) }),
    () => ({ agent: random.pick(['ann', 'ben']), says: 'Hello' }),
    () => ({ customer: { attachments: [random.pick(['image', 'location'])] } }),
    () => ({ customer: [random.pick(words), random.pick(words)], delivered: random.pick(['twice', 'in-reverse']) }),
  ])();
}

function createWorldStep(material: FuzzMaterial, random: Random): TestStep {
  const statuses = ['work', 'fail', 'unknown', 'timeout', 'rate-limit', 'blocked', 'hold'] as const;
  return random.pick<() => TestStep>([
    () => ({ sends: [random.pick(statuses), random.pick(['work', 'fail', 'hold'])] }),
    () => ({ queue: random.pick<NonNullable<TestStep['queue']>>(['full', 'open', { position: 3, ewt: '2m' }]) }),
    () => ({ answers: createAnswers(material, random) }),
    () => ({ page: random.pick(['open', 'closed']) }),
    () => ({ thread: random.pick(['ours', 'other-app']) }),
  ])();
}

/** How the world answers from now on: the same for all operations, which take of the values what they know. */
function createAnswers({ choices, lists }: FuzzMaterial, random: Random): TestAnswers {
  const values = lists.paths.length === 0 ? sampleValues : { ...sampleValues, json: createLists(lists, random) };
  return {
    'check-business-hours': random.pick<TestResponse>(['open', 'closed', 'failed', 'timeout']),
    'draw-number': random.below(100) / 100,
    'ask-model': random.pick<TestResponse>([
      { values: { text: 'Hello' } },
      { values: { text: 'Hello' }, after: '2s' },
      { values: { action: random.pick(choices) } },
      'failed',
      'timeout',
    ]),
    '*': random.pick<TestResponse>(['no-data', 'failed', 'timeout', { values }, { values }]),
  };
}

/** Something of everything that operations promise. */
const sampleValues = {
  status: 200,
  body: '{"name":"Ada"}',
  json: { name: 'Ada' },
  responses: ['Yes', 'No'],
  raw: {},
  matches: 1,
  contact: { id: '1', firstName: 'Ada' },
  records: [{ id: '1', kind: 'user', name: 'ann', title: 'Ann' }],
  id: '1',
  number: '1',
};
