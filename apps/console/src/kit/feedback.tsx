import { Alert, Button, Center, Group, List, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type Icon, IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/index.ts';
import { shared } from '../texts/index.ts';

/** What went wrong in the server's words: the reason of each field, and what to do about it. */
export function ErrorBox({ error, again }: { error: Error; again?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const faults = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  const requestId = error instanceof ProblemError ? error.problem.requestId : undefined;
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} />}
      role="alert"
      title={titleOf(error, t('failed.title'))}
    >
      <Text fz="sm">{error.message}</Text>
      {faults.length > 0 && (
        <List fz="sm" mt="xs" spacing={4}>
          {faults.map(({ field, reason, fix }) => (
            <List.Item key={`${field} ${reason}`}>
              <b>{field}</b>: {reason}
              {fix !== undefined && <Text span c="dimmed">{` — ${fix}`}</Text>}
            </List.Item>
          ))}
        </List>
      )}
      <Group mt="xs" gap="sm">
        {again && (
          <Button size="compact-sm" variant="default" onClick={again}>
            {t('failed.again')}
          </Button>
        )}
        {requestId !== undefined && (
          <Text fz="xs" c="dimmed">
            {t('failed.requestId', { requestId })}
          </Text>
        )}
      </Group>
    </Alert>
  );
}

const titleOf = (error: Error, otherwise: string): string =>
  error instanceof ProblemError ? error.problem.title : otherwise;

/** For what a click did. */
export const tellDone = (message: string): void => {
  notifications.show({ color: 'green', message });
};

/** For a click that did nothing, where there is no form to say so in. */
export const tellFailed = (error: Error): void => {
  notifications.show({
    color: 'red',
    title: titleOf(error, shared('failed.title')),
    message: error.message,
    autoClose: 8_000,
  });
};

interface EmptyProps {
  readonly title: string;
  /** What belongs here and how it gets here. */
  readonly hint?: ReactNode;
  readonly action?: ReactNode;
  readonly icon?: Icon;
}

/** A place that has nothing yet teaches what it is for. */
export function Empty({ title, hint, action, icon: IconOf = IconInbox }: EmptyProps) {
  return (
    <Center p="xl" mih={220}>
      <Stack align="center" gap="xs" maw={460} ta="center">
        <ThemeIcon variant="light" color="gray" size={52} radius="xl">
          <IconOf size={26} stroke={1.5} />
        </ThemeIcon>
        <Title order={3} fz="md">
          {title}
        </Title>
        {hint !== undefined && (
          <Text c="dimmed" fz="sm">
            {hint}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}

/** The shape of what is coming. */
export const Skeletons = ({ rows = 6 }: { rows?: number }) => (
  <Stack gap="sm" p="md" aria-busy>
    {Array.from({ length: rows }, (_, row) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
      <Skeleton key={row} height={18} width={`${92 - ((row * 17) % 40)}%`} />
    ))}
  </Stack>
);

interface LoadedProps<Data> {
  readonly of: { data: Data | undefined; error: Error | null; refetch: () => unknown };
  readonly children: (data: Data) => ReactNode;
}

/** What was read, or its shape while it is, or why it could not be. */
export function Loaded<Data>({ of: { data, error, refetch }, children }: LoadedProps<Data>) {
  if (data !== undefined) return children(data);
  if (error) return <ErrorBox error={error} again={() => void refetch()} />;
  return <Skeletons />;
}
