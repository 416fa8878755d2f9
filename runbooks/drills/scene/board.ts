import type { Product } from '@tapeclock/cli';

/** The board's HTTP API, signed in as a person's browser is. */
export interface Board {
  /** Throws on anything but 200. */
  get<Answer>(path: string): Promise<Answer>;
  /** An act of the officer; throws with the problem's text on anything but 202. */
  act(path: string, body: Readonly<Record<string, unknown>>): Promise<void>;
  /** The same act where it must be refused; returns the problem's code. */
  refusedAct(path: string, body: Readonly<Record<string, unknown>>, status: number): Promise<string>;
}

const GUARD = { 'x-tapeclock-board': '1', 'content-type': 'application/json' } as const;
const SESSION = '/session';

export async function signIn(product: Product, name = 'officer'): Promise<Board> {
  const base = `http://127.0.0.1:${product.ports.dashboard}/api`;
  let cookie = '';
  const ask = async (path: string, wanted: number, init: RequestInit = {}): Promise<Response> => {
    const send = (): Promise<Response> => fetch(`${base}${path}`, { ...init, headers: { ...GUARD, cookie } });
    let response = await send();
    if (response.status === 401 && path !== SESSION) {
      // Sign-ins end with the process desk.
      await enter();
      response = await send();
    }
    if (response.status !== wanted) {
      throw new Error(
        `${init.method ?? 'GET'} ${path} was answered ${response.status}: ${await response.text()}`,
      );
    }
    return response;
  };
  const post = (path: string, wanted: number, body: unknown): Promise<Response> =>
    ask(path, wanted, { method: 'POST', body: JSON.stringify(body) });
  const enter = async (): Promise<void> => {
    const signedIn = await post(SESSION, 200, { name, password: product.passwords.get(name) });
    cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  };
  await enter();
  return {
    get: async <Answer>(path: string) => (await ask(path, 200)).json() as Promise<Answer>,
    async act(path, body) {
      await post(path, 202, body);
    },
    async refusedAct(path, body, status) {
      return ((await (await post(path, status, body)).json()) as { readonly code: string }).code;
    },
  };
}
