import { lazy, Suspense } from 'react';
import { readTraining } from '../../../../../src/api/endpoints/gallery.ts';
import { DataTable } from '../../../parts/data-table.tsx';
import { Section } from '../../../parts/section.tsx';
import { useAnswer } from '../../../requests/use-answer.ts';
import { Answered } from '../../../states/answered.tsx';
import { EmptyState } from '../../../states/empty-state.tsx';
import { Loading } from '../../../states/loading.tsx';
import { resultsOf, type IterationView } from '../view-facts.ts';
import { GateResult } from './gate-result.tsx';
import { hasRestarted, trainingSeries, type CurvePoint } from './training-series.ts';

const Chart = lazy(async () => ({ default: (await import('./training-chart.tsx')).TrainingChart }));

/** No event tells of an epoch. */
const LOOK_EVERY_MS = 2000;

const COLUMNS = [
  { title: 'Epoch', isName: true, cell: ({ epoch }: CurvePoint) => epoch },
  { title: 'Metric', isNumber: true, cell: ({ metric }: CurvePoint) => metric?.toFixed(4) ?? '–' },
  { title: 'Best so far', isNumber: true, cell: ({ best }: CurvePoint) => best?.toFixed(4) ?? '–' },
] as const;

/** How the training goes, epoch by epoch, and what came of the new model. */
export function TrainingPart({ view }: { readonly view: IterationView }) {
  const isTraining = view.state === 'running' && view.status?.step === 'train';
  const training = useAnswer(readTraining, { params: { id: view.id } }, isTraining ? { everyMs: LOOK_EVERY_MS } : {});
  const metricName = resultsOf(view).model?.trainerMetric?.name ?? 'validation metric';
  return (
    <>
      <Section title="Learning curve">
        <Answered query={training} what="the epochs of the training">
          {({ run, points }) =>
            points.length === 0 ? (
              <NoCurve isAsked={run !== null} isOver={view.state !== 'running'} />
            ) : (
              <div className="section-body" data-epochs={points.length}>
                {isTraining ? (
                  <p className="faint">Epoch {progressOf(points)}. New epochs appear by themselves.</p>
                ) : null}
                {hasRestarted(points) ? (
                  <p className="faint">The trainer began anew; its epochs count from 1 again.</p>
                ) : null}
                <Suspense fallback={<Loading what="the chart" />}>
                  <div aria-hidden="true">
                    <Chart points={trainingSeries(points)} metricName={metricName} />
                  </div>
                </Suspense>
                <details>
                  <summary>The curve as a table</summary>
                  <DataTable
                    label={`Epochs, ${metricName}`}
                    columns={COLUMNS}
                    rows={trainingSeries(points)}
                    keyOf={({ place }) => place}
                  />
                </details>
              </div>
            )
          }
        </Answered>
      </Section>
      <GateResult results={resultsOf(view)} />
    </>
  );
}

function progressOf(points: readonly { readonly epoch: number; readonly totalEpochs: number }[]): string {
  const last = points.at(-1);
  return last === undefined ? '' : `${last.epoch} of ${last.totalEpochs}`;
}

function NoCurve({ isAsked, isOver }: { readonly isAsked: boolean; readonly isOver: boolean }) {
  if (isOver)
    return (
      <EmptyState title="Nothing was trained.">It was started without a model, or its training was skipped.</EmptyState>
    );
  return isAsked ? (
    <EmptyState title="No epoch has ended yet.">The first one appears here by itself.</EmptyState>
  ) : (
    <EmptyState title="Nothing has been trained.">
      The training begins when the labels are sealed, if the iteration was started with a model.
    </EmptyState>
  );
}
