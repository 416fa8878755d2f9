import type { SignedInView } from '../contract.ts';
import { createStore, useStore } from '../store.ts';
import { ProblemError } from './problem.ts';
import { act, read, whenSignedOut } from './request.ts';

/** `unknown` until the server has said. */
type Session =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'out'; readonly ended: boolean }
  | { readonly kind: 'in'; readonly user: SignedInView };

const session = createStore<Session>({ kind: 'unknown' });
export const useSession = (): Session => useStore(session);

export function sessionEnded(): void {
  if (session.get().kind === 'in') session.set({ kind: 'out', ended: true });
}
whenSignedOut(sessionEnded);

/** Asks who is signed in; on no answer the state says so and the caller may ask again. */
export async function askSession(): Promise<void> {
  try {
    session.set({ kind: 'in', user: await read<SignedInView>('/session') });
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'NOT_SIGNED_IN') {
      if (session.get().kind !== 'out') session.set({ kind: 'out', ended: false });
    } else if (session.get().kind !== 'in') session.set({ kind: 'unreachable' });
  }
}

export async function signIn(name: string, password: string): Promise<void> {
  session.set({ kind: 'in', user: await act<SignedInView>('POST', '/session', { name, password }) });
}

export async function signOut(): Promise<void> {
  await act('DELETE', '/session').catch(() => {});
  session.set({ kind: 'out', ended: false });
}

/** Who acts here; null for those who may only look. */
export function useOfficer(): SignedInView | null {
  const now = useSession();
  return now.kind === 'in' && now.user.role === 'officer' ? now.user : null;
}
