import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, newClientId, unwrap } from '../client/client.ts';
import { chatsQuery } from './chats.ts';

/** Whom to write to first, or what to go on with. */
export type Beginning = { contactId: string; service: string; text: string } | { conversationId: string };

/** Begins a conversation that the caller holds; gives its id. A repeat after no answer begins none twice. */
export function useBegin() {
  const queryClient = useQueryClient();
  const [clientId] = useState(newClientId);
  return useMutation({
    mutationFn: async (beginning: Beginning) => {
      const begun =
        'contactId' in beginning
          ? await call('POST /api/v1/contacts/:id/conversations', {
              params: { id: beginning.contactId },
              body: { clientId, service: beginning.service, text: beginning.text },
            })
          : await call('POST /api/v1/conversations/:id/reopen', {
              params: { id: beginning.conversationId },
              body: { clientId },
            });
      return unwrap(begun).conversationId;
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: chatsQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: ['contact-conversations'] });
    },
  });
}
