import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api/problem.ts';

/** Lists stay fresh by the live feed; a fetch is repeated only where the server could not be reached. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      retry: (count, error) => error instanceof ProblemError && error.code === 'UNREACHABLE' && count < 3,
      refetchOnWindowFocus: false,
    },
  },
});
