import type { SuggestionsRow } from '../../adapters/mongo/suggestions-repository.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { ServiceSuggestions, SuggestionsView } from '../../contracts/suggestion-schema.ts';
import { getDeskPrincipal, type DeskPrincipal } from '../access.ts';
import { getVisibleConversation } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { askForSuggestions } from './ask-for-suggestions.ts';
import { valuesForConversation } from './conversation-values.ts';
import { composeQuestion, findUnanswered } from './suggestion-question.ts';

/** Messages of a transcript that are looked at. */
const LOOKED_AT = 40;

/** What a bot or a model suggests to an agent. Nothing of it is sent but by the agent. */
export function registerSuggestionRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getSuggestions, async (request) => {
    const record = await getCurrentChat(deps, getDeskPrincipal(request), request.params.id);
    const settings = await settingsOf(deps, record);
    if (!settings) return { isOn: false, isAutomatic: false, isAsked: false, items: [] };
    const { unanswered } = await readEnd(deps, record);
    const known = unanswered && (await deps.suggestions.find(record.conversationId, unanswered.about));
    return present(settings, unanswered?.about, known);
  });

  registerRoute(app, httpRoutes.askForSuggestions, async (request) => {
    const principal = getDeskPrincipal(request);
    const record = await getCurrentChat(deps, principal, request.params.id);
    const settings = await settingsOf(deps, record);
    if (!settings) throw new AppError('SUGGESTIONS_OFF');
    const { conversationId } = record;
    const { unanswered, newestFirst } = await readEnd(deps, record);
    if (!unanswered) return present(settings, undefined, undefined);
    const { about, words } = unanswered;
    const known = await deps.suggestions.find(conversationId, about);
    if (known) return present(settings, about, known);
    const { 'customer.firstName': firstName } = await valuesForConversation(deps, record, principal);
    const answers = Object.fromEntries((record.answers ?? []).map(({ name, value }) => [name, value]));
    const question = composeQuestion(settings, { words, newestFirst, answers, firstName });
    const texts = await askForSuggestions(deps, settings, { conversationId, about, question });
    const kept = await deps.suggestions.keep({
      conversationId,
      about,
      at: new Date(deps.now()),
      askedBy: principal.username,
      by: { kind: settings.bot === undefined ? 'model' : 'bot', name: nameOf(settings) },
      items: texts.map((text, index) => ({ id: `${about}#${index + 1}`, text })),
    });
    return present(settings, about, kept);
  });
}

/** A chat in which the caller talks with the customer now. @throws AppError NOT_YOUR_CONVERSATION */
async function getCurrentChat(
  deps: AppDependencies,
  principal: DeskPrincipal,
  conversationId: string,
): Promise<ConversationRecord> {
  const record = await getVisibleConversation(deps, principal, conversationId);
  const { state, agent, participants = [] } = record;
  const talking = [agent, ...participants.filter(({ role }) => role === 'member').map((each) => each.agent)];
  if (state === 'connected' && talking.some((each) => each?.username === principal.username)) return record;
  throw new AppError('NOT_YOUR_CONVERSATION');
}

async function settingsOf(
  { configuration }: AppDependencies,
  { service }: ConversationRecord,
): Promise<ServiceSuggestions | undefined> {
  return (await configuration.get()).service(service ?? '')?.suggestions;
}

async function readEnd({ conversations }: AppDependencies, { conversationId }: ConversationRecord) {
  const page = await conversations.listMessages(conversationId, { limit: LOOKED_AT, order: 'newest' });
  return { newestFirst: page.items, unanswered: findUnanswered(page.items) };
}

const nameOf = ({ bot, model }: ServiceSuggestions): string => bot ?? model ?? '';

function present(
  settings: ServiceSuggestions,
  about: string | undefined,
  known: SuggestionsRow | undefined,
): SuggestionsView {
  return {
    isOn: true,
    isAutomatic: settings.automatic === true,
    by: known?.by.name ?? nameOf(settings),
    ...(about !== undefined && { about }),
    isAsked: known !== undefined,
    items: known?.items ?? [],
  };
}
