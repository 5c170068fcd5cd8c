import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { SuggestionsView } from '../../../../contracts/suggestion-schema.ts';
import { call, unwrap } from '../../shared/client/client.ts';
import { reasonOf } from '../../shared/client/problem-of.ts';
import type { ConversationView } from '../../shared/data/chats.ts';
import { useMessages } from '../../shared/data/messages.ts';
import { useMe } from '../../shared/data/session.ts';
import { useCommand } from '../../shared/lib/commands.ts';

/** What is suggested in a chat, by the last message of its customer: another one is answered anew. */
const suggestionsQuery = (id: string, last: string) =>
  queryOptions({
    queryKey: ['suggestions', id, last],
    queryFn: async (): Promise<SuggestionsView> =>
      unwrap(await call('GET /api/v1/conversations/:id/suggestions', { params: { id } })),
    staleTime: 60_000,
    gcTime: 60_000,
  });

const NOTHING: SuggestionsView = { isOn: false, isAutomatic: false, isAsked: false, items: [] };

export interface SuggestedAnswersState {
  /** Name of the bot or model. */
  by: string;
  items: SuggestionsView['items'];
  isAsking: boolean;
  /** Why there are none. */
  problem: string | undefined;
  /** It was asked and knows nothing. */
  isEmpty: boolean;
  /** Absent where there is nothing to ask, or it was asked already. */
  ask: (() => void) | undefined;
}

/** The last message, as far as the customer waits for the answer of whoever looks at it. */
function useUnanswered({ id, agent, participants = [] }: ConversationView): string | undefined {
  const { username } = useMe();
  const last = useMessages(id).messages.findLast(
    ({ direction, author }) => direction === 'in' || (direction === 'out' && author.kind !== 'scenario'),
  );
  const talking = [agent, ...participants.filter(({ role }) => role === 'member').map((each) => each.agent)];
  const isTalking = talking.some((each) => each?.username === username);
  return isTalking && last?.direction === 'in' ? last.id : undefined;
}

/** Answers that a bot or a model suggests: asked by hand or, where the service says so, for each message of the customer's. */
export function useSuggestedAnswers(conversation: ConversationView): SuggestedAnswersState {
  const { id } = conversation;
  const queryClient = useQueryClient();
  const unanswered = useUnanswered(conversation);
  const options = suggestionsQuery(id, unanswered ?? '');
  const { data: known = NOTHING } = useQuery({ ...options, enabled: unanswered !== undefined });
  const view = unanswered === undefined ? NOTHING : known;
  const [asking, setAsking] = useState<string>();
  const [failed, setFailed] = useState<{ about: string; reason: string }>();
  const { about } = view;
  const isAsking = about !== undefined && asking === about;
  const problem = about !== undefined && failed?.about === about ? failed.reason : undefined;

  async function askAbout(message: string): Promise<void> {
    setAsking(message);
    setFailed(undefined);
    try {
      const answer = unwrap(await call('POST /api/v1/conversations/:id/suggestions', { params: { id }, body: {} }));
      queryClient.setQueryData(options.queryKey, answer);
    } catch (error) {
      setFailed({ about: message, reason: reasonOf(error) });
    } finally {
      setAsking((before) => (before === message ? undefined : before));
    }
  }

  const canAsk = view.isOn && !view.isAsked && about !== undefined && !isAsking;
  const ask = canAsk ? () => void askAbout(about) : undefined;
  const latest = useRef(ask);
  latest.current = ask;
  const isWanted = view.isAutomatic && canAsk && problem === undefined;
  useEffect(() => {
    if (isWanted) latest.current?.();
  }, [isWanted, about]);
  useCommand('suggest', ask);
  const isEmpty = view.isAsked && view.items.length === 0;
  return { by: view.by ?? '', items: view.items, isAsking, problem, isEmpty, ask };
}
