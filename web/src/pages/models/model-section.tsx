import { publishModel } from '../../../../src/api/endpoints/models.ts';
import { NotedButton } from '../../parts/noted-button.tsx';
import { Section } from '../../parts/section.tsx';
import { useChange } from '../../requests/use-change.ts';
import { useMay } from '../../session/principal.tsx';
import type { Model } from './models.ts';
import { VersionTable } from './version-table.tsx';

/** One model with its versions, and the way back to the one before. */
export function ModelSection({ model: { model, connections, versions } }: { readonly model: Model }) {
  const change = useChange(publishModel);
  const mayPublish = useMay('operator');
  const connection = connections[0] ?? 'default';
  const isOnly = connections.length === 1 && connection === 'default';
  const publish = async (checksum: string | null, note: string): Promise<unknown> =>
    change.mutateAsync({ body: { connection, model, checksum, note } });
  const rollBack = (
    <NotedButton
      label="Roll back"
      does={
        `The model that was published as ${model} before the present one is published again, and it is verified that the trainer ` +
        'has it. The next predictions and trainings begin with it. The present one stays in the register.'
      }
      onConfirm={async (note) => publish(null, note)}
    />
  );
  return (
    <Section
      title={isOnly ? model : `${model}, by ${connections.join(' and ')}`}
      count={versions.length}
      actions={mayPublish && versions.length > 1 ? rollBack : undefined}
    >
      <VersionTable model={model} versions={versions} onPublish={mayPublish ? publish : null} />
    </Section>
  );
}
