import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** A label tag. */
export interface LabelThings {
  labelName: string;
}

/** Makes it over HTTP. @param mark tells it from those of other worlds. */
export async function buildLabel(
  app: TestApp,
  key: string,
  { mark }: { mark: string },
): Promise<LabelThings> {
  const labelName = `label_${mark}`;
  const definition = { kind: 'text', default: mark };
  await done(app.request('POST', '/v1/labels', { key, body: { name: labelName, definition } }));
  return { labelName };
}
