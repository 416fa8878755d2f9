import { Loader } from '@mantine/core';
import { useEffect } from 'react';
import { askSession, useSession } from '../api/session.ts';
import { Shell } from './shell.tsx';
import { SignIn } from './sign-in.tsx';

export function App() {
  const session = useSession();
  useEffect(() => {
    void askSession();
  }, []);
  if (session.kind === 'unknown') {
    return (
      <div className="signin">
        <Loader aria-label="Loading" />
      </div>
    );
  }
  if (session.kind === 'unreachable') {
    return (
      <div className="signin" role="alert">
        <p>
          The board cannot reach its server.{' '}
          <button type="button" onClick={() => void askSession()}>
            Try again
          </button>
        </p>
      </div>
    );
  }
  return session.kind === 'in' ? <Shell user={session.user} /> : <SignIn ended={session.ended} />;
}
