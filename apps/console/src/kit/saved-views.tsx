import { ActionIcon, Button, Group, Menu, Popover, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../api/index.ts';
import { ErrorBox, tellDone, tellFailed } from './feedback.tsx';

/** The filters of a list, kept by each member of staff under names of their own. @param page what the API keeps them under. */
export function SavedViews({ page }: { page: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { searchStr } = useLocation();
  const here = searchStr.replace(/^\?/, '');
  const isFiltered = [...new URLSearchParams(here).keys()].some((name) => name !== 'tab');
  const views = useRead('listSavedViews', { query: { page } });
  const remove = useAct('deleteSavedView');
  const items = views.data?.items ?? [];
  const show = (query: string) => {
    const search: object = Object.fromEntries(new URLSearchParams(query));
    void navigate({ to: '.', search, replace: true } as Parameters<typeof navigate>[0]);
  };
  return (
    <Group gap={0}>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={15} />}>
            {items.find(({ query }) => query === here && query !== '')?.name ?? t('views.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {items.length === 0 && (
            <Text fz="sm" c="dimmed" p="xs">
              {t('views.none')}
            </Text>
          )}
          {items.map(({ name, query }) => (
            <Group key={name} gap={0} wrap="nowrap">
              <Menu.Item onClick={() => show(query)} flex={1}>
                {name}
              </Menu.Item>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('views.forget', { name })}
                onClick={() => remove.mutate({ params: { page, name } }, { onError: tellFailed })}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </Group>
          ))}
        </Menu.Dropdown>
      </Menu>
      {isFiltered && <SaveView page={page} query={here} />}
    </Group>
  );
}

function SaveView({ page, query }: { page: string; query: string }) {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const [name, setName] = useState('');
  const save = useAct('putSavedView', () => {
    tellDone(t('views.saved', { name: name.trim() }));
    setName('');
    close();
  });
  return (
    <Popover opened={opened} onChange={toggle} onClose={close} trapFocus returnFocus position="bottom-end">
      <Popover.Target>
        <Button variant="subtle" onClick={toggle}>
          {t('views.save')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ params: { page, name: name.trim() }, body: { query } });
          }}
        >
          <Group align="flex-end" gap="xs">
            <TextInput
              label={t('views.name')}
              required
              maxLength={64}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" loading={save.isPending}>
              {t('save')}
            </Button>
          </Group>
          {save.error && <ErrorBox error={save.error} />}
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
