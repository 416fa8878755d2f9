import { codeOnly, lineOf, type SourceFile } from './source-files.ts';

/** Reads of time, timers and randomness; the ports hold them all, or nothing could be simulated. */
const READS =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b|\bperformance\.now\b|\bperformance\.timeOrigin\b|\bprocess\.hrtime\b|\bprocess\.uptime\b|\bMath\.random\b|\brandomBytes\b|\brandomUUID\b|\brandomInt\b|\bgetRandomValues\b|\bAbortSignal\.timeout\b/g;

/** The places that may, each with its reason. */
const ALLOWED: readonly { readonly under: string; readonly because: string }[] = [
  { under: 'packages/ports/src/node/', because: 'the ports to the host itself' },
  {
    under: 'packages/ports/src/virtual/',
    because: 'virtual time settles promises by turns of the event loop',
  },
  { under: 'services/compliance/web/src/clock.ts', because: 'the browser has a clock of its own' },
  { under: 'scripts/check/clock-in-one-place.ts', because: 'names them to find them' },
];

/** One complaint for each read outside of the ports, tests included. */
export function clockReads(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(
      ({ path }) => /\.(ts|tsx|mjs|js)$/.test(path) && !ALLOWED.some(({ under }) => path.startsWith(under)),
    )
    .flatMap(({ path, text }) => {
      const code = codeOnly(text);
      return [...code.matchAll(READS)].map(
        (match) =>
          `${path}:${lineOf(code, match.index)} reads ${match[0]} itself: take Clock or Random from the environment`,
      );
    });
}
