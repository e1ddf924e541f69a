import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import type { CurvePoint } from './training-series.ts';

interface TrainingChartProps {
  readonly points: readonly CurvePoint[];
  readonly metricName: string;
}

/** The learning curve. Its numbers stand in a table beside it. */
export function TrainingChart({ points, metricName }: TrainingChartProps) {
  const first = points[0]?.place ?? 0;
  const last = points.at(-1)?.place ?? 0;
  return (
    <LineChart
      h={260}
      data={points.map((point) => ({ ...point }))}
      dataKey="place"
      xAxisLabel="Epoch"
      withLegend
      xAxisProps={{ type: 'number', domain: [first, Math.max(last, first + 1)], allowDecimals: false }}
      curveType="linear"
      yAxisProps={{ domain: ['auto', 'auto'], width: 56, tickFormatter: (value: number) => value.toFixed(2) }}
      valueFormatter={(value) => value.toFixed(4)}
      lineChartProps={{ accessibilityLayer: false }}
      series={[
        { name: 'metric', label: metricName, color: 'accent.6' },
        { name: 'best', label: 'best so far', color: 'gray.6', strokeDasharray: '5 4' },
      ]}
    />
  );
}
