import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

export interface ExperimentThings {
  experimentId: string;
}

/** An experiment that a player takes part in, made over HTTP. @param mark tells it from those of other worlds. */
export async function buildExperiment(
  app: TestApp,
  key: string,
  { mark, player, campaignId }: { mark: string; player: string; campaignId: string },
): Promise<ExperimentThings> {
  const { id: experimentId } = await done(
    app.request('POST', '/v1/experiments', {
      key,
      body: {
        name: mark,
        arms: [
          { key: 'offer', name: 'Offer', weightBps: 9_000, treatment: { kind: 'campaign', campaignId } },
          { key: 'control', name: 'Control group', weightBps: 1_000, treatment: { kind: 'nothing' } },
        ],
        baseline: 'control',
      },
    }),
  );
  await done(
    app.request('POST', `/v1/experiments/${experimentId}/assignments`, { key, body: { players: [player] } }),
  );
  return { experimentId };
}
