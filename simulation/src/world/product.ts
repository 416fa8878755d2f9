import { fileURLToPath } from 'node:url';
import type { Rulebook } from '@tapeclock/domain';
import { loadReference, type ReferenceBase } from '@tapeclock/enrichment';
import { type MappingProfile, readProfiles } from '@tapeclock/fix-gateway';
import { diskFileStore } from '@tapeclock/ports';
import { createEventCodec, type EventCodec, embeddedRegistry, releasedSchemas } from '@tapeclock/schemas';
import { loadRulebook } from '@tapeclock/service';

/** What the product ships with and every run shares: read from disk once, before any virtual time passes. */
export interface Product {
  readonly codec: EventCodec;
  readonly rulebook: Rulebook;
  readonly reference: ReferenceBase;
  readonly profiles: ReadonlyMap<string, MappingProfile>;
}

const folder = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export async function loadProduct(): Promise<Product> {
  return {
    codec: await createEventCodec(embeddedRegistry(), releasedSchemas),
    rulebook: await loadRulebook(folder('rulebook')),
    reference: await loadReference(diskFileStore(folder('services/enrichment/reference')), ''),
    profiles: readProfiles(),
  };
}
