import { Button } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { verifyReceipt } from '../../../../../src/api/endpoints/iterations.ts';
import type { verification as verificationSchema } from '../../../../../src/api/schemas/verification.ts';
import { Hash } from '../../../parts/hash.tsx';
import { KeyValues } from '../../../parts/key-values.tsx';
import { Section } from '../../../parts/section.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import { useAnswer } from '../../../requests/use-answer.ts';
import { Answered } from '../../../states/answered.tsx';

/** Holds the receipt against the store when that is asked for: all that belongs to it is read. */
export function VerifyReceipt({ id }: { readonly id: string }) {
  const [isAsked, setAsked] = useState(false);
  const answer = useAnswer(verifyReceipt, { params: { id } }, { enabled: isAsked });
  const again = (): void => {
    if (isAsked) void answer.refetch();
    setAsked(true);
  };
  return (
    <Section
      title="Verification"
      actions={
        <Button variant="default" loading={answer.isFetching} onClick={again}>
          {isAsked ? 'Verify again' : 'Verify against the store'}
        </Button>
      }
    >
      {isAsked ? (
        <Answered query={answer} what="all files that the receipt names">
          {(verification) => <Found verification={verification} />}
        </Answered>
      ) : (
        <p className="section-body faint">
          Reads every file that the receipt names, and counts again. Changes nothing.
        </p>
      )}
    </Section>
  );
}

function Found({ verification }: { readonly verification: z.output<typeof verificationSchema> }) {
  const { sound, artifacts, recounted, chain, absent, failures, sha256 } = verification;
  const files = artifacts.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <div className="section-body">
        <StatusBadge tone={sound ? 'good' : 'bad'}>
          {sound ? 'Everything is as the receipt says' : 'Something is not as the receipt says'}
        </StatusBadge>
        <ul className="verification-failures">
          {failures.map(({ at, problem }) => (
            <li key={at}>
              {at}: {problem}
            </li>
          ))}
        </ul>
      </div>
      <KeyValues
        rows={[
          ['Files read', files],
          ['Counts made again', recounted.length],
          ['Receipts of the chain', chain === null ? null : `${chain.sound} of ${chain.number} sound`],
          ['Not there', absent.length === 0 ? null : absent.map(({ at, why }) => `${at} (${why})`).join(', ')],
          ['Receipt', <Hash key="hash" text={sha256} />],
        ]}
      />
    </>
  );
}
