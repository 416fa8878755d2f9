import { readFileSync } from 'node:fs';
import type { SessionDictionaries } from './check-message.ts';
import type { Dictionary } from './dictionary.ts';
import { parseDictionary } from './parse-dictionary.ts';

export interface OverlayTexts {
  /** Over the dictionary of header, trailer and session layer. */
  readonly transport?: string;
  /** Over that of all other messages; before FIXT there is only one, and both go over it. */
  readonly application?: string;
}

const known = new Map<string, Dictionary>();

/**
 * The published dictionaries for a BeginString (on FIXT.1.1: FIX 5.0 SP2 above it), and over them what a counterparty
 * adds. They lie beside the code and are read when first asked for. Throws `DictionaryError` for an overlay.
 */
export function standardDictionaries(
  beginString: 'FIX.4.2' | 'FIX.4.4' | 'FIXT.1.1',
  overlay: OverlayTexts = {},
): SessionDictionaries {
  const { transport = '', application = '' } = overlay;
  if (beginString === 'FIXT.1.1') {
    return { transport: read('FIXT11', transport), application: read('FIX50SP2', application) };
  }
  const both = read(beginString === 'FIX.4.2' ? 'FIX42' : 'FIX44', `${transport}\n${application}`);
  return { transport: both, application: both };
}

function read(name: string, overlay: string): Dictionary {
  const isPlain = overlay.trim() === '';
  const before = isPlain ? known.get(name) : undefined;
  if (before !== undefined) return before;
  const text = readFileSync(new URL(`../../dictionaries/${name}.txt`, import.meta.url), 'utf8');
  const dictionary = parseDictionary(text, overlay);
  if (isPlain) known.set(name, dictionary);
  return dictionary;
}
