import type { ReactNode } from 'react';
import { readSession } from '../../../src/api/endpoints/session.ts';
import { isRefusal } from '../requests/refusal.ts';
import { useAnswer } from '../requests/use-answer.ts';
import { Loading } from '../states/loading.tsx';
import { ProblemNote } from '../states/problem-note.tsx';
import { LoginPage } from './login-page.tsx';
import { PrincipalContext } from './principal.tsx';

/** Time between two tries while it is not known who asks, in milliseconds. */
const RETRY_MS = 3000;

/** Shows the pages to those whom the server knows, and the login to everybody else. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const session = useAnswer(readSession);
  const { data, error } = session;
  if (isRefusal(error, 'LoginNeeded')) return <LoginPage />;
  if (data !== undefined) return <PrincipalContext value={data}>{children}</PrincipalContext>;
  if (error === null) return <Loading what="who you are" />;
  return <Unknown error={error} />;
}

function Unknown({ error }: { readonly error: Error }) {
  useAnswer(readSession, {}, { everyMs: RETRY_MS });
  return (
    <main className="login">
      <ProblemNote error={error} />
    </main>
  );
}
