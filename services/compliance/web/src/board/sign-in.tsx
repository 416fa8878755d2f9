import { Alert, Button, PasswordInput, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { errorText } from '../api/problem.ts';
import { signIn } from '../api/session.ts';

export function SignIn({ ended }: { readonly ended: boolean }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await signIn(name, password);
    } catch (failure) {
      setError(errorText(failure));
      setBusy(false);
    }
  };
  return (
    <main className="signin">
      <form onSubmit={submit}>
        <div>
          <Title order={1}>Tapeclock</Title>
          <p className="quiet">Every trade, its deadline, and who holds it.</p>
        </div>
        {ended && error === null && <Alert color="gray">Your sign-in has ended. Sign in again.</Alert>}
        {error !== null && (
          <Alert color="red" role="alert">
            {error}
          </Alert>
        )}
        <TextInput
          label="Account"
          autoComplete="username"
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          Sign in
        </Button>
      </form>
    </main>
  );
}
