import type { Product, Role } from '@tapeclock/cli';

/** Health ports by process, as `/metrics` is scraped from them. */
const PORT = {
  hot: 'hotHealth',
  watch: 'watchHealth',
  desk: 'deskHealth',
  outside: 'outsideHealth',
} as const satisfies Record<Role, string>;

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Samples of one metric of one process now; none while the process is away. */
export async function scrape(product: Product, role: Role, metric: string): Promise<readonly Sample[]> {
  let text: string;
  try {
    text = await (await fetch(`http://127.0.0.1:${product.ports[PORT[role]]}/metrics`)).text();
  } catch {
    return [];
  }
  return samplesOf(text, metric);
}

/** Reads OpenMetrics text; label values of ours hold no quotes and no commas. */
export function samplesOf(text: string, metric: string): readonly Sample[] {
  return text.split('\n').flatMap((line) => {
    const match = /^([a-zA-Z_:]+)(?:\{([^}]*)\})? (\S+)/.exec(line);
    if (match === null || match[1] !== metric) return [];
    const labels = [...(match[2] ?? '').matchAll(/([a-z_]+)="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value] as const,
    );
    return [{ labels: Object.fromEntries(labels), value: Number(match[3]) }];
  });
}
