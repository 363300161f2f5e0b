import type { Answer, Call } from '../../../api/index.ts';

export type Connection = Answer<'listChannelConnections'>['items'][number];
export type Settings = Connection['settings'];
export type Input = Call<'putChannelConnection'>['body'];

export const CONNECTED = ['email', 'push', 'telegram', 'sms'] as const satisfies Connection['channel'][];
export type Channel = (typeof CONNECTED)[number];

/** What each form is given: what there is, what saves, and what went wrong. */
export interface FormProps<Kind extends Settings['kind']> {
  readonly of: Extract<Settings, { kind: Kind }> | undefined;
  readonly save: {
    readonly error: Error | null;
    readonly isPending: boolean;
    mutate(input: Input, tell: { onError(error: Error): void }): void;
  };
  readonly onCancel: () => void;
}

/** An empty field of a secret leaves the one there is. */
export const kept = <Name extends string>(name: Name, value: string): Partial<Record<Name, string>> =>
  value === '' ? {} : ({ [name]: value } as Record<Name, string>);

export const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
