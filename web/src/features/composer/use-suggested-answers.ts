import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
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

export interface SuggestedAnswersState {
  /** Name of the bot or model. */
  by: string;
  items: SuggestionsView['items'];
  isAsking: boolean;
  /** Why there are none. */
  problem: string | undefined;
  /** It was asked and knows nothing. */
  isEmpty: boolean;
  canAsk: boolean;
  ask: () => void;
}

/** Answers that a bot or a model suggests: asked by hand or, where the service says so, for each message of the customer's. */
export function useSuggestedAnswers({ id, agent, participants = [] }: ConversationView): SuggestedAnswersState {
  const queryClient = useQueryClient();
  const { username } = useMe();
  const last = useMessages(id).messages.findLast(
    ({ direction, author }) => direction === 'in' || (direction === 'out' && author.kind !== 'scenario'),
  );
  const options = suggestionsQuery(id, last?.id ?? '');
  const talking = [agent, ...participants.filter(({ role }) => role === 'member').map((each) => each.agent)];
  const isWaitedFor = last?.direction === 'in' && talking.some((each) => each?.username === username);
  const { data: known } = useQuery({ ...options, enabled: isWaitedFor });
  const view = isWaitedFor ? known : undefined;
  const [asking, setAsking] = useState<string>();
  const [failed, setFailed] = useState<{ about: string; reason: string }>();
  const { isOn = false, isAutomatic = false, isAsked = false, about, by = '', items = [] } = view ?? {};
  const problem = failed !== undefined && failed.about === about ? failed.reason : undefined;
  const canAsk = isOn && !isAsked && about !== undefined && asking !== about;

  async function ask(): Promise<void> {
    if (!canAsk) return;
    setAsking(about);
    setFailed(undefined);
    try {
      const answer = unwrap(await call('POST /api/v1/conversations/:id/suggestions', { params: { id }, body: {} }));
      queryClient.setQueryData(options.queryKey, answer);
    } catch (error) {
      setFailed({ about, reason: reasonOf(error) });
    } finally {
      setAsking((before) => (before === about ? undefined : before));
    }
  }

  const isWanted = isAutomatic && canAsk && problem === undefined;
  useEffect(() => {
    if (isWanted) void ask();
    // Once for each message.
  }, [isWanted, about]);
  useCommand('suggest', canAsk ? () => void ask() : undefined);
  return {
    by,
    items,
    isAsking: asking !== undefined && asking === about,
    problem,
    isEmpty: isAsked && items.length === 0,
    canAsk,
    ask: () => void ask(),
  };
}
