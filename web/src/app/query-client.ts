import { QueryClient } from '@tanstack/react-query';
import { Refusal } from '../shared/client/client.ts';

/** What was loaded. The socket keeps it true; a query asks again only where it is told to. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      retry: (count, error) => !(error instanceof Refusal && error.status < 500) && count < 3,
    },
  },
});
