import { RouterProvider } from '@tanstack/react-router';
import { whenLoggedOut, whenUnsecured } from '../shared/client/client.ts';
import { sessionQuery } from '../shared/data/session.ts';
import { goToLogin } from './go-to-login.ts';
import { mountPage } from './mount-page.tsx';
import { queryClient } from './query-client.ts';
import { router } from './router.tsx';

whenLoggedOut(() => goToLogin(queryClient, (target) => router.navigate(target)));

// Several calls may be refused at once: who one is is asked for once.
whenUnsecured(
  () =>
    void queryClient
      .invalidateQueries({ queryKey: sessionQuery.queryKey }, { cancelRefetch: false })
      .then(() => router.invalidate()),
);

mountPage(queryClient, <RouterProvider router={router} />);
