import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { DECLARATIONS } from '@tapeclock/cli/settings';
import { METRICS, type MetricDeclaration } from '@tapeclock/telemetry';
import { parse } from 'yaml';
import { headings } from '../../check/relative-links.ts';
import { listFiles, ROOT } from '../../check/source-files.ts';
import { metricFaults } from './metrics-in-promql.ts';

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

const text = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');
const { groups } = parse(text('deploy/prometheus/rules.yml')) as {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const alerts = rules.filter(({ alert }) => alert !== undefined);
const recorded = new Set(rules.flatMap(({ record }) => record ?? []));
const scrapes = parse(text('deploy/prometheus/prometheus.yml')) as {
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly {
    readonly static_configs: readonly {
      readonly targets: readonly string[];
      readonly labels: Readonly<Record<string, string>>;
    }[];
  }[];
};
const targets = scrapes.scrape_configs.flatMap(({ static_configs: configs }) => configs);
const DASHBOARDS = 'deploy/grafana/dashboards';
const dashboards = readdirSync(`${ROOT}${DASHBOARDS}`).map((name) => ({
  name,
  ...(JSON.parse(text(`${DASHBOARDS}/${name}`)) as { uid: string; title: string; panels: readonly Panel[] }),
}));

test('rules and dashboards ask for metrics of the catalogue only, by labels that these have', () => {
  const expressions = [
    ...rules.map(({ alert, record, expr }) => ({ where: alert ?? record ?? '', expr })),
    ...dashboards.flatMap(({ name, panels }) =>
      panels.flatMap(({ title, targets: asked = [] }) =>
        asked.map(({ expr }) => ({ where: `${name}, ${title}`, expr })),
      ),
    ),
  ];
  assert.ok(expressions.length > 40);
  assert.deepEqual(
    expressions.flatMap(({ where, expr }) =>
      metricFaults(expr, METRICS, recorded).map((fault) => `${where}: ${fault}`),
    ),
    [],
  );
});

test('every alert has a severity, a summary, and a runbook whose file and heading exist', () => {
  assert.ok(alerts.length > 0);
  for (const { alert, labels, annotations } of alerts) {
    assert.match(labels?.severity ?? '', /^(critical|warning)$/, alert);
    assert.ok((annotations?.summary ?? '').length > 10, `${alert} has no summary`);
    const [path = '', anchor] = (annotations?.runbook ?? '').split('#');
    assert.ok(path !== '' && existsSync(`${ROOT}${path}`), `${alert}: there is no ${path}`);
    if (anchor !== undefined)
      assert.ok(headings(text(path)).has(anchor), `${alert}: ${path} has no #${anchor}`);
  }
  assert.equal(new Set(alerts.map(({ alert }) => alert)).size, alerts.length);
});

test('alerts of the product that a rule names are raised somewhere under that name', () => {
  const sources = listFiles()
    .filter((path) => /^services\/[^/]+\/src\/.*\.ts$/.test(path))
    .map(text)
    .join('\n');
  const named = rules.flatMap(({ expr }) => [...expr.matchAll(/alert="([^"]+)"/g)].map(([, name]) => name));
  assert.ok(named.length >= 3);
  for (const name of named) assert.ok(sources.includes(`'${name}'`), name);
});

test('each process is scraped at its default health port, under a label that no sample has', () => {
  const ports = Object.values(DECLARATIONS.health).map(({ fallback }) => `127.0.0.1:${fallback}`);
  assert.deepEqual(targets.flatMap((target) => target.targets).sort(), ports.sort());
  const used = new Set(Object.values<MetricDeclaration>(METRICS).flatMap(({ labels }) => labels));
  used.add('process');
  for (const label of targets.flatMap(({ labels }) => Object.keys(labels))) {
    assert.ok(!used.has(label), `${label} is a label of a metric: Prometheus would rename that one`);
  }
  for (const file of scrapes.rule_files) assert.ok(existsSync(`${ROOT}deploy/prometheus/${file}`), file);
});

test('dashboards have names of their own, and panels that say what they show and lie beside one another', () => {
  assert.equal(new Set(dashboards.map(({ uid }) => uid)).size, dashboards.length);
  for (const { name, panels } of dashboards) {
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length, name);
    const taken = new Set<string>();
    for (const { title, type, description, targets: asked = [], gridPos } of panels) {
      assert.ok(type === 'row' || (asked.length > 0 && (description ?? '').length > 8), `${name}, ${title}`);
      assert.ok(gridPos.x + gridPos.w <= 24, `${name}, ${title} sticks out`);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          assert.ok(!taken.has(`${x}/${y}`), `${name}, ${title} lies on another panel`);
          taken.add(`${x}/${y}`);
        }
      }
    }
  }
});

test('every metric of the catalogue is shown on a dashboard, so that none is kept for nobody', () => {
  const shown = dashboards.flatMap(({ panels }) =>
    panels.flatMap(({ targets: asked = [] }) => asked.map(({ expr }) => expr)),
  );
  const inRules = rules.map(({ expr }) => expr);
  const asked = [...shown, ...inRules].join('\n');
  assert.deepEqual(
    Object.keys(METRICS).filter((name) => !asked.includes(name)),
    ['tapeclock_in_window_ratio'],
    'the ratio since a process started, which rules make from counters instead',
  );
});

test('the collector listens where the product’s documents send it, and every part of its pipeline is declared', () => {
  const config = parse(text('deploy/otel-collector/config.yaml')) as Record<
    string,
    Record<string, unknown>
  > & {
    readonly service: { readonly pipelines: Readonly<Record<string, Readonly<Record<string, string[]>>>> };
  };
  for (const pipeline of Object.values(config.service.pipelines)) {
    for (const [kind, names] of Object.entries(pipeline)) {
      for (const name of names) assert.ok(name in (config[kind] ?? {}), `${kind}: ${name}`);
    }
  }
  assert.match(text('deploy/otel-collector/config.yaml'), /endpoint: 127\.0\.0\.1:4318/);
});
