import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Suspense } from 'react';
import { hasKey, NoAnswerError } from '../api/index.ts';
import { Entrance } from '../session/index.ts';
import { router } from './router.tsx';
import { theme, variables } from './theme.ts';

const TRIES = 2;
const FRESH_MS = 5_000;

/**
 * A session that ended shows at the next call: whoever it was is asked to sign in, where they are. Whoever never was
 * signed in has no session to end: a wrong password is no news of it.
 */
function noticeSignedOut(error: Error): void {
  if (hasKey(error, 'unauthenticated'))
    void queries.invalidateQueries({
      queryKey: ['getSession'],
      predicate: ({ state }) => state.data !== undefined,
    });
}

const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey: [route] }) => route !== 'getSession' && noticeSignedOut(error),
  }),
  mutationCache: new MutationCache({ onError: noticeSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (tries, error) => tries < TRIES && error instanceof NoAnswerError,
    },
  },
});

export const Console = () => (
  <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
    <Notifications position="bottom-right" />
    <QueryClientProvider client={queries}>
      <Suspense>
        <Entrance>
          <RouterProvider router={router} />
        </Entrance>
      </Suspense>
    </QueryClientProvider>
  </MantineProvider>
);
