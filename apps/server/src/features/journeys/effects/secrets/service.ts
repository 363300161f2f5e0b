import type { Actor, JourneySecret, JourneySigningSecret } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { JourneyDefinition } from '@promosmith/core/journey';
import { audit } from '../../../../platform/audit.ts';
import type { Database } from '../../../../platform/db.ts';
import { newSecret } from '../../../../platform/outbound/signing.ts';
import type { Secrets } from '../../../../platform/secrets.ts';
import { secretsIn } from '../webhook/call.ts';
import {
  deleteSecret,
  findLiveVersions,
  listSecrets,
  putSecret,
  replaceSigningSecret,
  type SecretHead,
} from './store.ts';

/** Who asks for a change, in which brand. */
export interface By {
  readonly brandId: string;
  readonly actor: Actor;
  readonly requestId: string;
}

/** The values that webhooks of journeys name, and what those webhooks are signed with. No value is ever given back. */
export interface SecretService {
  list(brandId: string): Promise<JourneySecret[]>;
  put(
    by: By,
    name: string,
    secret: { value: string; hosts: readonly string[] | null },
  ): Promise<JourneySecret>;
  /** Refusals: `not_found`, `conflict`. */
  remove(by: By, name: string): Promise<Result<undefined>>;
  rotateSigning(by: By, overlapSeconds: number): Promise<JourneySigningSecret>;
}

export function createSecretService(db: Database, secrets: Secrets): SecretService {
  return {
    list: async (brandId) => (await listSecrets(db, brandId)).map(viewOf),

    put: (by, name, { value, hosts }) =>
      db.transaction(async (tx) => {
        const put = await putSecret(tx, by.brandId, { name, hosts, value: secrets.encrypt(value) });
        await audit(tx, {
          ...by,
          action: put.isNew ? 'journey_secret.created' : 'journey_secret.replaced',
          targetKind: 'journey_secret',
          targetId: name,
          after: { name, hosts },
        });
        return viewOf(put);
      }),

    remove: (by, name) =>
      db.transaction(async (tx): Promise<Result<undefined>> => {
        // First, so that whoever publishes a version that names it waits for this, or this for them.
        if (!(await deleteSecret(tx, by.brandId, name)))
          return refuse('not_found', 'There is no such secret.');
        const users = (await findLiveVersions(tx, by.brandId, name)).filter(({ definition }) =>
          namesSecret(definition as JourneyDefinition, name),
        );
        if (users.length > 0) return inUse(users);
        await audit(tx, {
          ...by,
          action: 'journey_secret.deleted',
          targetKind: 'journey_secret',
          targetId: name,
          before: { name },
        });
        return ok(undefined);
      }),

    rotateSigning: (by, overlapSeconds) =>
      db.transaction(async (tx) => {
        const secret = newSecret();
        const until = await replaceSigningSecret(tx, by.brandId, secrets.encrypt(secret), overlapSeconds);
        await audit(tx, {
          ...by,
          action: 'journey_signing_secret.rotated',
          targetKind: 'brand',
          targetId: by.brandId,
          after: { overlapSeconds },
        });
        return { secret, previousSecretUntil: until?.toISOString() ?? null };
      }),
  };
}

const namesSecret = ({ nodes }: JourneyDefinition, name: string): boolean =>
  Object.values(nodes).some((node) => node.kind === 'webhook' && secretsIn(node).includes(name));

const inUse = (users: readonly { journeyId: string; name: string; version: number }[]) => ({
  ok: false as const,
  refusal: {
    key: 'conflict',
    message: `A webhook of the journey “${users[0]?.name}” names the secret.`,
    journeys: users.map(({ journeyId, version }) => ({ journeyId, version })),
  },
});

const viewOf = ({ name, hosts, createdAt, updatedAt }: SecretHead): JourneySecret => ({
  name,
  hosts: hosts && [...hosts],
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
