import { ProblemError } from '../problems.ts';

const LINE_BYTES_MAX = 64 * 1024;

/** One value per non-empty line; a line that is no JSON comes as `undefined`-free text for the record check to refuse. */
export async function* readNdjson(source: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  let rest = '';
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of source) {
    rest += decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let at = rest.indexOf('\n'); at >= 0; at = rest.indexOf('\n', from)) {
      const line = rest.slice(from, at).trim();
      from = at + 1;
      if (line !== '') yield parseLine(line);
    }
    rest = rest.slice(from);
    if (rest.length > LINE_BYTES_MAX)
      throw new ProblemError('UPLOAD_UNREADABLE', { detail: 'a line is longer than 64 KiB' });
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield parseLine(rest.trim());
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
