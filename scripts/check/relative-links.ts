import { existsSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { lineOf, ROOT, type SourceFile } from './source-files.ts';

/** `[text](target)`, not inside a code span; images too. */
const LINK = /!?\[[^\]]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g;
const FENCE = /^```[\s\S]*?^```/gm;
const CODE_SPAN = /`[^`\n]*`/g;

/** Links of documents that lead to no file of the repository, or to no heading of the document they name. */
export function deadLinks(files: readonly SourceFile[]): readonly string[] {
  const documents = new Map(
    files.filter(({ path }) => path.endsWith('.md')).map((file) => [file.path, file.text]),
  );
  const present = new Set(files.map(({ path }) => path));
  return [...documents].flatMap(([path, text]) =>
    [...withoutCode(text).matchAll(LINK)].flatMap((match) => {
      const [target = '', anchor] = (match[1] ?? '').split('#');
      if (/^[a-z][a-z+.-]*:/.test(target)) return [];
      const place =
        target === '' ? path : posix.normalize(posix.join(posix.dirname(path), target)).replace(/\/$/, '');
      const at = `${path}:${lineOf(text, match.index)} links to ${match[1]}`;
      if (!present.has(place) && !isFolder(place)) return [`${at}: there is no such file`];
      const document = documents.get(place);
      if (anchor === undefined || document === undefined) return [];
      return headings(document).has(anchor) ? [] : [`${at}: there is no such heading`];
    }),
  );
}

function isFolder(path: string): boolean {
  return existsSync(`${ROOT}${path}`) && statSync(`${ROOT}${path}`).isDirectory();
}

/** Blanks code without moving a line. */
function withoutCode(text: string): string {
  const blank = (match: string): string => match.replace(/[^\n]/g, ' ');
  return text.replace(FENCE, blank).replace(CODE_SPAN, (match) => match.replace(/[[\]()]/g, ' '));
}

/** Anchors as the usual hosts make them from headings; a heading that comes again gets a number. */
export function headings(text: string): ReadonlySet<string> {
  const anchors = new Map<string, number>();
  const found = new Set<string>();
  for (const [, title = ''] of text.replace(FENCE, '').matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const anchor = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-');
    const times = anchors.get(anchor) ?? 0;
    anchors.set(anchor, times + 1);
    found.add(times === 0 ? anchor : `${anchor}-${times}`);
  }
  return found;
}
