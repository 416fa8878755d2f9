/** Path of the program, or why there is none. Builds on the first call for these sources, in about a minute. */
export function quickfixgo(): { readonly program: string } | { readonly missing: string };
