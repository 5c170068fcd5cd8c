import { useQueryClient } from '@tanstack/react-query';
import type { HttpResponse } from '../../../../../contracts/http-client.ts';
import { unwrap } from '../../../shared/client/client.ts';
import { reasonOf } from '../../../shared/client/problem-of.ts';
import { tell } from '../../../shared/data/toasts.ts';

/** Does something at the api, shows what has changed, and tells how it went, also where nobody answers. */
export function useAction(): (
  act: () => Promise<HttpResponse<unknown>>,
  told: { done: string; shows: readonly string[] },
) => Promise<boolean> {
  const queryClient = useQueryClient();
  return async (act, { done, shows }) => {
    try {
      unwrap(await act());
      tell({ kind: 'success', title: done });
      return true;
    } catch (error) {
      tell({ kind: 'danger', title: reasonOf(error) });
      return false;
    } finally {
      await Promise.all(shows.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
    }
  };
}
