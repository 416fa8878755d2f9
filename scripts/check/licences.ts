/** Licences that ask for no more than a notice. */
const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-4.0',
  'Unlicense',
  'OFL-1.1',
  'Python-2.0',
  'bzip2-1.0.6',
]);

/** Say their licence in a form that the lockfile does not carry over; read in their package.json. */
const STATED_ELSEWHERE = new Map([
  ['ssh2', 'MIT'],
  ['cpu-features', 'MIT'],
  ['buildcheck', 'MIT'],
]);

interface LockedPackage {
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly license?: string;
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** `MIT OR GPL-3.0` suffices with one allowed side, `MIT AND BSD-3-Clause` needs both. */
export function licenceAllowed(expression: string): boolean {
  const plain = expression.replace(/[()]/g, '');
  return plain
    .split(/\s+OR\s+/i)
    .some((side) => side.split(/\s+AND\s+/i).every((licence) => ALLOWED.has(licence.trim())));
}

/** One complaint for each production dependency, however deep, whose licence is not on the list. */
export function licences(lockfile: Lockfile): {
  readonly complaints: readonly string[];
  readonly checked: number;
} {
  const foreign = Object.entries(lockfile.packages).filter(
    ([path, locked]) => path.includes('node_modules/') && locked.link !== true && locked.dev !== true,
  );
  const complaints = foreign
    .map(([path, { license }]) => {
      const name = path.replace(/^.*node_modules\//, '');
      return { name, license: license ?? STATED_ELSEWHERE.get(name) };
    })
    .filter(({ license }) => license === undefined || !licenceAllowed(license))
    .map(({ name, license }) => `${name}: licence ${license ?? 'not stated'} is not on the list`);
  return { complaints, checked: foreign.length };
}
