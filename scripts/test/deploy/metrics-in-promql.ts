import type { MetricDeclaration } from '@tapeclock/telemetry';

/** Labels that Prometheus, the scrape configuration or the exporter put on every sample. */
const ANYWHERE = ['process', 'job', 'instance', 'unit'];
const OF_HISTOGRAMS = /_(bucket|sum|count)$/;
const SELECTOR = /(tapeclock[a-z_:0-9]*)(?:\s*\{([^}]*)\})?/g;
const LABEL = /([a-z_]+)\s*(?:=~|!~|!=|=)\s*"(?:[^"\\]|\\.)*"/g;

/**
 * What an expression asks for that the catalogue does not have: a metric, a part of one that is no histogram, or a label
 * in braces. Recording rules count as metrics under their own names.
 */
export function metricFaults(
  expr: string,
  catalogue: Readonly<Record<string, MetricDeclaration>>,
  recorded: ReadonlySet<string>,
): readonly string[] {
  return [...withoutTexts(expr).matchAll(SELECTOR)].flatMap((match) => {
    const name = match[1] ?? '';
    if (recorded.has(name)) return [];
    const part = OF_HISTOGRAMS.exec(name)?.[1];
    const whole = catalogue[name] ?? catalogue[name.replace(OF_HISTOGRAMS, '')];
    if (whole === undefined) return [`there is no metric ${name}`];
    if ((whole.type === 'histogram') !== (part !== undefined && catalogue[name] === undefined)) {
      return [
        `${name}: ${whole.type === 'histogram' ? 'ask for _bucket, _sum or _count' : 'it is no histogram'}`,
      ];
    }
    const known = [...whole.labels, ...ANYWHERE, ...(part === 'bucket' ? ['le'] : [])];
    return [...(match[2] ?? '').matchAll(LABEL)]
      .filter(([, label = '']) => !known.includes(label))
      .map(([, label]) => `${name} has no label ${label}`);
  });
}

/** Texts in quotes keep their quotes and lose what might look like a metric or a brace. */
function withoutTexts(expr: string): string {
  return expr.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}
