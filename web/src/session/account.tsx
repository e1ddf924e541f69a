import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { logout } from '../../../src/api/endpoints/session.ts';
import { Icon } from '../icons/icon.tsx';
import { ask } from '../requests/ask.ts';
import { ProblemNote } from '../states/problem-note.tsx';
import { usePrincipal } from './principal.tsx';

/** Who has logged in, what they may, and the way out. On a server without tokens there is nobody to log out. */
export function Account() {
  const { name, role, connections, expiresAt } = usePrincipal();
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const leave = async (): Promise<void> => {
    try {
      await ask(logout);
      await client.resetQueries();
    } catch (reason) {
      setError(reason);
    }
  };
  return (
    <div className="account">
      <div>
        <Text fw={500}>{name}</Text>
        <Text size="xs" c="dimmed">
          {name === role && role === 'operator' ? 'may do everything' : role}
          {connections === null ? '' : ` of ${connections.join(', ')}`}
        </Text>
      </div>
      {error === null ? null : <ProblemNote error={error} />}
      {expiresAt === null ? null : (
        <Button
          variant="subtle"
          size="compact-sm"
          px={0}
          leftSection={<Icon name="leave" />}
          onClick={() => void leave()}
        >
          Log out
        </Button>
      )}
    </div>
  );
}
