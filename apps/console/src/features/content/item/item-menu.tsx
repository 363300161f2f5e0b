import { ActionIcon, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconArchive, IconArchiveOff, IconCopy, IconDots } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ConfirmModal, ErrorBox, FormEnd, fieldFaults, tellDone, tellFailed } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import type { Item } from './use-item.ts';

/** What can be done with a piece of content as a whole. */
export function ItemMenu({ item }: { item: Item }) {
  const { t } = useTranslation('content');
  const mayWrite = useMay('journeys:write');
  const [isCopying, copying] = useDisclosure();
  const [isArchiving, archiving] = useDisclosure();
  const params = { contentId: item.id };
  const archive = useAct('archiveContent', () => tellDone(t('archive.done')));
  const restore = useAct('restoreContent', () => tellDone(t('archive.restored')));
  if (!mayWrite) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t('more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={15} />} onClick={copying.open}>
            {t('copying.title')}
          </Menu.Item>
          {item.archived ? (
            <Menu.Item
              leftSection={<IconArchiveOff size={15} />}
              onClick={() => restore.mutate({ params }, { onError: tellFailed })}
            >
              {t('archive.restore')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconArchive size={15} />} onClick={archiving.open}>
              {t('archive.title')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isCopying && <CopyForm item={item} onClose={copying.close} />}
      <ConfirmModal
        opened={isArchiving}
        onClose={archiving.close}
        color="iris"
        label={t('archive.title')}
        title={t('archive.question', { name: item.name })}
        consequence={t('archive.means')}
        onConfirm={() => archive.mutateAsync({ params })}
      />
    </>
  );
}

function CopyForm({ item, onClose }: { item: Item; onClose: () => void }) {
  const { t } = useTranslation('content');
  const navigate = useNavigate();
  const form = useForm({ initialValues: { name: t('copying.name', { name: item.name }) } });
  const copy = useAct('createContent', ({ id }) => {
    onClose();
    void navigate({ to: '/content/$contentId', params: { contentId: id } });
  });
  return (
    <Modal opened onClose={onClose} title={t('copying.title')} centered>
      <form
        onSubmit={form.onSubmit(({ name }) =>
          copy.mutate(
            { body: { from: 'copy', name, contentId: item.id } },
            { onError: (error) => form.setErrors(fieldFaults(error)) },
          ),
        )}
      >
        <Stack>
          {copy.error && <ErrorBox error={copy.error} />}
          <TextInput
            label={t('fields.name')}
            description={t('copying.hint')}
            required
            maxLength={200}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <FormEnd submit={t('copy')} isBusy={copy.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
