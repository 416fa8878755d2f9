/** Path of the browser, or why there is none. */
export function chromium(): { readonly program: string } | { readonly missing: string };
/** Quiet, offline, and as root without the sandbox that root cannot have. */
export const CHROMIUM_FLAGS: string[];
