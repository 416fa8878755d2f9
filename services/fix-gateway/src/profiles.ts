import { readdirSync, readFileSync } from 'node:fs';
import { parseProfile } from './mapping/parse-profile.ts';
import type { MappingProfile } from './mapping/profile.ts';

/** The mapping profiles shipped with the gateway, by name. Read once at start; throws on the first file with mistakes. */
export function readProfiles(
  folder: URL = new URL('../profiles/', import.meta.url),
): ReadonlyMap<string, MappingProfile> {
  const profiles = new Map<string, MappingProfile>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const profile = parseProfile(file, readFileSync(new URL(file, folder), 'utf8'));
    profiles.set(profile.name, profile);
  }
  return profiles;
}
