/** Folder of the module, or why there is none. Without `download` it is only looked for. */
export function quickfixgoModule(options?: {
  readonly download?: boolean;
}): { readonly folder: string } | { readonly missing: string };
