import { useMemo } from 'react';
import { createStore, useStore } from '../store.ts';

/** Where the board is, as the address bar says it. */
const place = createStore(here());
addEventListener('popstate', () => place.set(here()));

function here(): string {
  return `${location.pathname}${location.search}`;
}

/** Goes to a path of the board. `replace` leaves no step back, for filters. */
export function navigate(to: string, how: 'push' | 'replace' = 'push'): void {
  if (to === here()) return;
  if (how === 'push') history.pushState(null, '', to);
  else history.replaceState(null, '', to);
  place.set(here());
  if (how === 'push') scrollTo(0, 0);
}

export function usePath(): string {
  return useStore(place).split('?')[0] ?? '/';
}

export function useQueryParameters(): URLSearchParams {
  const search = useStore(place).split('?')[1] ?? '';
  return useMemo(() => new URLSearchParams(search), [search]);
}
