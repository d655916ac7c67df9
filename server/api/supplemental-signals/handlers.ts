/** `/supplemental-signals`: what a content delivery network in front of the server knows about a request. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import type { Singleton } from '../../tenants/singletons.ts';
import type { Route } from '../pipeline.ts';
import { readsSingleton, updatesSingleton } from '../singletons.ts';

const tag = 'Supplemental signals';

const supplementalSignalsResource = resource({
  name: 'SupplementalSignals',
  plural: 'supplemental_signals',
  fields: {
    akamai_enabled: field(Type.Boolean(), {
      required: true,
      always: true,
      inert: 'Kept and shown; has no effect yet.',
      description: 'Whether the headers that Akamai adds are used',
    }),
  },
});

const supplementalSignals: Singleton<DocumentOf<typeof supplementalSignalsResource>> = {
  name: 'supplemental-signals',
  defaults: { akamai_enabled: false },
};

const getSupplementalSignals = operation({
  id: 'get_supplemental-signals',
  method: 'GET',
  path: '/supplemental-signals',
  tag,
  summary: 'Get the supplemental signals',
  scopes: ['read:attack_protection'],
  status: 200,
  response: supplementalSignalsResource.read,
});

const updateSupplementalSignals = operation({
  id: 'patch_supplemental-signals',
  method: 'PATCH',
  path: '/supplemental-signals',
  tag,
  summary: 'Update the supplemental signals',
  scopes: ['update:attack_protection'],
  body: supplementalSignalsResource.create,
  status: 200,
  response: supplementalSignalsResource.read,
  resource: supplementalSignalsResource,
});

export const supplementalSignalRoutes: Route[] = [
  readsSingleton(getSupplementalSignals, supplementalSignals),
  updatesSingleton(updateSupplementalSignals, supplementalSignals),
];
