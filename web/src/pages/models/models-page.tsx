import { Select } from '@mantine/core';
import { listModels } from '../../../../src/api/endpoints/models.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useAddress } from '../../shell/use-address.ts';
import { Answered } from '../../states/answered.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { ModelSection } from './model-section.tsx';
import { modelsOf } from './models.ts';

/** What trainings have left, how good it is, and which of it is published. */
export function ModelsPage() {
  const [read, change] = useAddress();
  const all = useAnswer(listModels);
  const connection = read('connection');
  return (
    <>
      <PageHeader title="Models">What trainings have left, how good it is, and which of it is published</PageHeader>
      <Answered query={all} what="the register of models">
        {({ models }) => {
          const connections = [...new Set(models.map((one) => one.connection))].toSorted();
          const shown = modelsOf(models).filter((one) => connection === null || one.connections.includes(connection));
          return (
            <>
              {connections.length < 2 && connection === null ? null : (
                <Select
                  className="filters"
                  aria-label="Connection"
                  placeholder="All connections"
                  w="fit-content"
                  clearable
                  clearButtonProps={{ 'aria-label': 'All connections' }}
                  value={connection}
                  data={[...new Set([...connections, ...(connection === null ? [] : [connection])])]}
                  onChange={(name) => change({ connection: name })}
                />
              )}
              {shown.length === 0 ? <NoModels /> : null}
              {shown.map((model) => (
                <ModelSection key={model.key} model={model} />
              ))}
            </>
          );
        }}
      </Answered>
    </>
  );
}

function NoModels() {
  return (
    <EmptyState title="No model is registered yet.">
      The first iteration that trains registers what it finds published, and what it trains.
    </EmptyState>
  );
}
