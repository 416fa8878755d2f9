import { METRICS, type MetricDeclaration } from '@tapeclock/telemetry';

/** docs/reference/metrics.md, derived from the catalogue. */
export function renderMetricsReference(): string {
  const lines = [
    '# Metrics',
    '',
    'Derived from the catalogue in `packages/telemetry` by `npm run docs:generate`. Do not edit.',
    '',
    'Every process answers `/metrics` on its health port in OpenMetrics text, with `process` on every sample and trace',
    'ids as exemplars on histogram buckets. Beside these stand the runtime metrics of Node (`process_*`, `nodejs_*`).',
    '',
    '| metric | type | unit | labels | meaning |',
    '| --- | --- | --- | --- | --- |',
  ];
  for (const [name, { type, unit, labels, help }] of Object.entries<MetricDeclaration>(METRICS)) {
    const labelText = labels.map((label) => `\`${label}\``).join(', ');
    lines.push(`| \`${name}\` | ${type} | ${unit} | ${labelText} | ${help} |`);
  }
  return `${lines.join('\n')}\n`;
}
