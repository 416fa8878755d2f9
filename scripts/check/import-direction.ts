import { posix } from 'node:path';
import { lineOf, type SourceFile } from './source-files.ts';

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;

/** The heart: no I/O, so nothing of Node but pure computation. */
const DOMAIN_NODE = new Set(['node:crypto']);

/** Top-level folders that may put services together. */
const COMPOSERS = new Set(['cli', 'simulation', 'load-tests', 'runbooks', 'scripts']);

interface Place {
  readonly kind: 'domain' | 'package' | 'schemas' | 'service' | 'composer';
  readonly home: string;
  readonly name: string;
}

export function placeOf(path: string): Place | null {
  const [top = '', second = ''] = path.split('/');
  if (top === 'packages') {
    return {
      kind: second === 'domain' ? 'domain' : 'package',
      home: `packages/${second}`,
      name: `@tapeclock/${second}`,
    };
  }
  if (top === 'services')
    return { kind: 'service', home: `services/${second}`, name: `@tapeclock/${second}` };
  if (top === 'schemas') return { kind: 'schemas', home: 'schemas', name: '@tapeclock/schemas' };
  if (COMPOSERS.has(top)) return { kind: 'composer', home: top, name: `@tapeclock/${top}` };
  return null;
}

/**
 * Complaints about imports that point up or sideways: services → packages and schemas → domain. A service imports no other;
 * only the composition roots see several. Nobody reaches into another workspace's files, and packages make no ring.
 */
export function importDirection(files: readonly SourceFile[]): readonly string[] {
  const homes = new Map<string, Place>();
  for (const { path } of files) {
    const place = placeOf(path);
    if (place !== null) homes.set(place.name, place);
  }
  const complaints: string[] = [];
  const edges = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    const from = placeOf(path);
    if (from === null || !/\.(ts|tsx|mjs)$/.test(path)) continue;
    for (const match of text.matchAll(IMPORT)) {
      const target = match[1] ?? match[2] ?? match[3] ?? '';
      const complain = (text_: string) =>
        complaints.push(`${path}:${lineOf(text, match.index + match[0].length)} imports ${target}: ${text_}`);
      if (target.startsWith('.')) {
        const resolved = posix.normalize(posix.join(posix.dirname(path), target));
        const to = placeOf(resolved);
        if (to?.home !== from.home && from.kind !== 'composer' && /\.(ts|tsx|mjs)$/.test(resolved)) {
          complain('reaches into another workspace; import it by name');
        }
        continue;
      }
      if (
        from.kind === 'domain' &&
        !path.includes('/test/') &&
        target.startsWith('node:') &&
        !DOMAIN_NODE.has(target)
      ) {
        complain('the domain does no I/O');
      }
      const name = target.split('/').slice(0, 2).join('/');
      const to = homes.get(name);
      if (to === undefined || to.name === from.name) continue;
      if (to.kind === 'composer' && from.kind !== 'composer') complain('only composition roots see this');
      else if (to.kind === 'service' && from.kind !== 'composer') {
        complain(from.kind === 'service' ? 'a service never imports another' : 'imports point down only');
      } else if (from.kind === 'domain' && !path.includes('/test/'))
        complain('the domain imports nothing of ours');
      else if (!path.includes('/test/'))
        edges.set(from.name, (edges.get(from.name) ?? new Set()).add(to.name));
    }
  }
  return [...complaints, ...rings(edges)];
}

function rings(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const complaints: string[] = [];
  const finished = new Set<string>();
  const walk = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) {
      complaints.push(`workspaces import one another in a ring: ${[...path.slice(start), name].join(' → ')}`);
      return;
    }
    if (finished.has(name)) return;
    for (const next of edges.get(name) ?? []) walk(next, [...path, name]);
    finished.add(name);
  };
  for (const name of edges.keys()) walk(name, []);
  return complaints;
}
