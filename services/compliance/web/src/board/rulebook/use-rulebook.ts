import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { read } from '../../api/request.ts';
import type { RulebookView } from '../../contract.ts';

/** The rulebook in force. It changes only with a restart of the service, which ends the live feed and asks anew. */
export function useRulebook(): UseQueryResult<RulebookView> {
  return useQuery({
    queryKey: ['rulebook'],
    queryFn: ({ signal }) => read<RulebookView>('/rulebook', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
