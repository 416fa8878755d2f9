/** `/trades/:id` against `/trades/E1` gives `{ id: 'E1' }`; null where it does not fit. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split('/').filter((part) => part !== '');
  const found = path.split('/').filter((part) => part !== '');
  if (wanted.length !== found.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = found[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== text) return null;
      continue;
    }
    const value = decoded(text);
    if (value === null) return null;
    parameters[part.slice(1)] = value;
  }
  return parameters;
}

/** What is not given (null, empty, false) leaves the query; the order of names is kept. */
export function withQuery(path: string, query: Readonly<Record<string, string | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, value);
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
