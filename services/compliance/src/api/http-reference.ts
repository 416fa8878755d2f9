import type { FastifyInstance } from 'fastify';
import { LIVE_EVENTS, PROBLEMS } from './contract.ts';

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly properties?: object } }>>;
  };
  readonly responses: Readonly<Record<string, unknown>>;
}

/** docs/reference/http-api.md, made from the routes themselves; a test compares it with the file. */
export async function httpReference(app: FastifyInstance): Promise<string> {
  await app.ready();
  const { paths } = app.swagger() as unknown as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const routes = Object.entries(paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
    )
    .filter(({ path }) => path.startsWith('/api/'))
    .sort((a, b) => (a.path + a.method < b.path + b.method ? -1 : 1));
  return [
    '# HTTP API of the board',
    '',
    'Made from the routes by `node services/compliance/src/api/write-http-reference.ts`; a test keeps it true. The rules',
    '(sign-in, roles, pages, errors, live feed) are in `services/compliance/API.md`, schemas at `/documentation`.',
    '',
    '| request | what it does | query | body | success |',
    '| --- | --- | --- | --- | --- |',
    ...routes.map(
      ({ path, method, operation }) =>
        `| \`${method.toUpperCase()} ${path}\` | ${operation.summary ?? ''} | ${queryOf(operation)} | ${bodyOf(operation)} | ${successOf(operation)} |`,
    ),
    '',
    '## Problems',
    '',
    '`application/problem+json` (RFC 9457); switch on `code`.',
    '',
    '| code | status | meaning |',
    '| --- | --- | --- |',
    ...Object.entries(PROBLEMS).map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`),
    '',
    '## Live events',
    '',
    ...Object.entries(LIVE_EVENTS).map(
      ([name, schema]) => `- \`${name}\`: ${Object.keys(schema.properties).map(code).join(', ')}`,
    ),
    '',
  ].join('\n');
}

const code = (name: string) => `\`${name}\``;

function queryOf({ parameters = [] }: Operation): string {
  return parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => code(name))
    .join(', ');
}

function bodyOf({ requestBody }: Operation): string {
  const properties = requestBody?.content['application/json']?.schema.properties ?? {};
  return Object.keys(properties).map(code).join(', ');
}

function successOf({ responses }: Operation): string {
  const statuses = Object.keys(responses).filter((status) => status.startsWith('2'));
  return statuses.length === 0 ? '200' : statuses.join(', ');
}
