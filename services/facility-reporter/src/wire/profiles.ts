import type { Facility } from '@tapeclock/schemas';
import adf from '../../profiles/adf.json' with { type: 'json' };
import orf from '../../profiles/orf.json' with { type: 'json' };
import trfCarteret from '../../profiles/trf-carteret.json' with { type: 'json' };
import trfChicago from '../../profiles/trf-chicago.json' with { type: 'json' };
import trfNyse from '../../profiles/trf-nyse.json' with { type: 'json' };
import type { FacilityProfile } from './profile.ts';

/** The five facilities. The files are part of the product and checked by a test, so they are taken at their word. */
export const PROFILES: Readonly<Record<Facility, FacilityProfile>> = {
  ADF: adf as unknown as FacilityProfile,
  TRF_CARTERET: trfCarteret as unknown as FacilityProfile,
  TRF_CHICAGO: trfChicago as unknown as FacilityProfile,
  TRF_NYSE: trfNyse as unknown as FacilityProfile,
  ORF: orf as unknown as FacilityProfile,
};
