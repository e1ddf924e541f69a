import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { login, readSession } from '../../../src/api/endpoints/session.ts';
import { ask } from '../requests/ask.ts';
import { queryKey } from '../requests/query-key.ts';
import { isRefusal } from '../requests/refusal.ts';
import { ProblemNote } from '../states/problem-note.tsx';
import { Moment } from '../time/moment.tsx';

/** Exchanges a token for a session; what was asked for is shown afterwards. */
export function LoginPage() {
  const { error, isBusy, logIn } = useLogin();
  const [token, setToken] = useState('');
  useEffect(() => {
    document.title = 'Log in · maskloop';
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void logIn(token.trim());
  };
  const isWrong = isRefusal(error, 'LoginNeeded');
  return (
    <main className="login">
      <form onSubmit={submit} className="section login-form">
        <Stack gap="md">
          <div>
            <Title order={1}>maskloop</Title>
            <Text c="dimmed">Log in with the token that whoever runs the server gave you.</Text>
          </div>
          <PasswordInput
            label="Token"
            value={token}
            onChange={({ currentTarget }) => setToken(currentTarget.value)}
            autoComplete="current-password"
            required
            withAsterisk={false}
            error={
              isWrong
                ? 'Nobody has this token. Check that it is whole; a token that was taken back holds no more.'
                : null
            }
          />
          {error === null || isWrong ? null : <ProblemNote error={error} />}
          {isRefusal(error) && error.retryAt !== null ? (
            <Text c="dimmed">
              Try again <Moment at={error.retryAt} />.
            </Text>
          ) : null}
          <Button type="submit" size="sm" loading={isBusy} disabled={token.trim() === ''}>
            Log in
          </Button>
        </Stack>
      </form>
    </main>
  );
}

function useLogin() {
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const logIn = async (token: string): Promise<void> => {
    setBusy(true);
    try {
      const who = await ask(login, { body: { token } });
      // Nothing of somebody who was here before stays.
      client.removeQueries({ predicate: ({ queryKey: [tag] }) => tag !== 'session' });
      client.setQueryData(queryKey(readSession, {}), who);
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  };
  return { error, isBusy, logIn };
}
