import { useEffect, useState } from 'react';
import { readSession } from '../../../src/api/endpoints/session.ts';
import { ask } from '../requests/ask.ts';
import { isRefusal, ownRefusal } from '../requests/refusal.ts';
import { ProblemNote } from '../states/problem-note.tsx';

/** Time between two looks whether the server is back, in milliseconds. */
const RETRY_MS = 2000;

/** Two loads of the document that this asks for lie so far apart at least, in milliseconds: what is never there must not be asked for without end. */
const LOAD_AGAIN_MS = 30_000;

const LOADED_AT = 'maskloop-loaded-again-at';

/**
 * Stands where the code of a page could not be loaded, and loads the document anew once the server answers: a browser does not ask for the
 * same code twice, and a server of another version has other code.
 */
export function PageOnItsWay() {
  const [isHopeless] = useState(() => Date.now() - Number(sessionStorage.getItem(LOADED_AT) ?? 0) < LOAD_AGAIN_MS);
  useEffect(() => {
    if (isHopeless) return undefined;
    const look = async (): Promise<void> => {
      if (!(await answers())) return;
      sessionStorage.setItem(LOADED_AT, String(Date.now()));
      window.location.reload();
    };
    void look();
    const timer = setInterval(() => void look(), RETRY_MS);
    return () => clearInterval(timer);
  }, [isHopeless]);
  const code = isHopeless ? 'ServerAnswerUnknown' : 'ServerUnreachable';
  return <ProblemNote error={ownRefusal(code, 0, 'This page could not be loaded.')} />;
}

/** True if the server answers, whatever it says. */
async function answers(): Promise<boolean> {
  try {
    await ask(readSession);
    return true;
  } catch (error) {
    return !isRefusal(error, 'ServerUnreachable');
  }
}
