import { Moment } from '../../../time/moment.tsx';
import { since } from '../../../time/since.ts';
import { useNow } from '../../../time/use-now.ts';
import type { IterationView } from '../view-facts.ts';
import { activityWords } from './activity-words.ts';

/** What is being done now: progress, tries, the last error, and when it is tried again. */
export function UnderWay({ view: { activities, status } }: { readonly view: IterationView }) {
  const converted = status?.converted ?? null;
  const told = activities.filter(({ name }) => converted === null || name !== 'convertShard');
  const lines = told.map((one) => ({ ...one, ...activityWords(one) }));
  return (
    <ul className="under-way">
      {converted === null ? null : (
        <li>
          {converted.done} of {converted.total} masks converted
        </li>
      )}
      {lines.map(({ name, doing, failure, attempt, nextAttemptAt }) => (
        <li key={name}>
          <div>{doing}</div>
          {failure === null ? null : <div className="under-way-failure">{failure}</div>}
          {attempt <= 1 && nextAttemptAt === null ? null : (
            <div className="under-way-tries">
              Try {attempt}
              {nextAttemptAt === null ? ' is running' : <NextTry at={nextAttemptAt} />}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

/** When it is tried again; what should have begun by now waits for a worker, or the page for news. */
function NextTry({ at }: { readonly at: string }) {
  const isDue = since(Date.parse(at), useNow()) >= 0;
  return isDue ? (
    <>; the next is due</>
  ) : (
    <>
      ; the next <Moment at={at} />
    </>
  );
}
