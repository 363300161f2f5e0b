import type { Platform } from '../../../platform/platform.ts';
import type { Auth } from './better-auth.ts';

export type LoadAuth = () => Promise<Auth>;

/**
 * better-auth takes half a second and 50 MB to load: it is loaded when somebody first signs in, so that a server which
 * only has keys and player tokens to check never spends them.
 */
export function createLoadAuth(platform: Platform): LoadAuth {
  let loading: Promise<Auth> | undefined;
  return () => {
    loading ??= import('./better-auth.ts').then(({ createAuth }) => createAuth(platform));
    return loading;
  };
}
