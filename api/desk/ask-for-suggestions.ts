import { parseAnswerJson } from '../../adapters/answer-text.ts';
import { readResponses } from '../../adapters/bots/bot-responses.ts';
import { completionSchema } from '../../adapters/bots/chat-completion-schema.ts';
import { toMessengerText } from '../../adapters/bots/messenger-text.ts';
import { completionsUrl, postQuestion, type BotQuestion } from '../../adapters/bots/post-question.ts';
import { askWithinTokens, readAnswer } from '../../adapters/bots/read-answer.ts';
import type { GuardedResult } from '../../adapters/guarded-fetch.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { ServiceSuggestions } from '../../contracts/suggestion-schema.ts';
import type { AppDependencies } from '../dependencies.ts';
import { readSuggestions, toChatMessages, type SuggestionQuestion } from './suggestion-question.ts';

const MAX_SUGGESTIONS = 3;
const MAX_TOKENS = 800;
const MAX_ANSWER_BYTES = 256 * 1024;
const TIMEOUT_MS = 20_000;

type Deps = Pick<AppDependencies, 'configuration' | 'guardedFetch'>;

/** What is asked, and under which key the other side knows a repeat. */
interface Asked {
  conversationId: string;
  about: string;
  question: SuggestionQuestion;
}

/**
 * Asks a service's bot or model what an agent could answer; three texts at most.
 * @throws AppError SUGGESTIONS_UNAVAILABLE with what went wrong, without secrets and without what the customer wrote
 */
export async function askForSuggestions(deps: Deps, settings: ServiceSuggestions, asked: Asked): Promise<string[]> {
  const texts = await (settings.bot === undefined ? askModel : askBot)(deps, settings, asked);
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .slice(0, MAX_SUGGESTIONS);
}

async function askBot(deps: Deps, { bot: name }: ServiceSuggestions, asked: Asked): Promise<string[]> {
  const { conversationId, about, question } = asked;
  const bot = (await deps.configuration.get()).bots().find((each) => each.name === name);
  if (!bot) throw unavailable(`There is no bot "${name}".`);
  const token = await findSecret(deps, bot.token);
  const headers = { 'idempotency-key': `${conversationId}:${about}:suggestion` };
  // As Ask a Bot, but for who the customer is.
  const body = { conversationId, ...question };
  const post = { url: bot.url, token, headers, body, maxBytes: MAX_ANSWER_BYTES };
  const text = readText('bot', await postQuestion(deps.guardedFetch, post, TIMEOUT_MS), post);
  return readResponses(parseAnswerJson(text));
}

async function askModel(
  deps: Deps,
  { model: name, instructions = '' }: ServiceSuggestions,
  { question }: Asked,
): Promise<string[]> {
  const model = (await deps.configuration.get()).models().find((each) => each.name === name);
  if (!model) throw unavailable(`There is no model "${name}".`);
  const account = {
    url: completionsUrl(model.url),
    token: await findSecret(deps, model.token),
    maxBytes: MAX_ANSWER_BYTES,
  };
  const request = { model: model.model, messages: toChatMessages(instructions, question) };
  const result = await askWithinTokens(
    (limit) => postQuestion(deps.guardedFetch, { ...account, body: { ...request, ...limit } }, TIMEOUT_MS),
    MAX_TOKENS,
  );
  const [choice] = completionSchema.safeParse(parseAnswerJson(readText('model', result, account))).data?.choices ?? [];
  if (!choice) throw unavailable('The model’s answer is no chat completion.');
  return readSuggestions(choice.message.content ?? '').map(toMessengerText);
}

/** @throws AppError SUGGESTIONS_UNAVAILABLE where there is no answer */
function readText(what: string, result: GuardedResult, of: Pick<BotQuestion, 'token' | 'maxBytes'>): string {
  const answer = readAnswer(what, result, of);
  if ('text' in answer) return answer.text;
  throw unavailable(answer.reason);
}

async function findSecret({ configuration }: Deps, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined;
  const value = (await configuration.get()).secrets().find((secret) => secret.name === name)?.value;
  if (value === undefined) throw unavailable(`There is no secret "${name}".`);
  return value;
}

const unavailable = (message: string): AppError => new AppError('SUGGESTIONS_UNAVAILABLE', { message });
