import { RouterProvider } from '@tanstack/react-router';
import { whenLoggedOut } from '../shared/client/client.ts';
import { goToLogin } from './go-to-login.ts';
import { mountPage } from './mount-page.tsx';
import { queryClient } from './query-client.ts';
import { router } from './router.tsx';

whenLoggedOut(() => goToLogin(queryClient, (target) => router.navigate(target)));

mountPage(queryClient, <RouterProvider router={router} />);
