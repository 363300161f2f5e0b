import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconPencil, IconTimeline } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton, LinkMenuItem } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import type { Campaign } from '../campaign.ts';
import { DeleteDialog, EndDialog, ExtendDialog, PauseDialog } from './dialogs.tsx';
import { useMoves } from './moves.ts';

type Open = 'pause' | 'end' | 'extend' | 'delete' | undefined;

const EDITABLE = new Set(['draft', 'scheduled', 'active', 'paused']);

/** What may be done with a campaign now, by whoever looks at it. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const mayWrite = useMay('campaigns:write');
  const mayPublish = useMay('campaigns:publish');
  const maySimulate = useMay('simulations:run');
  const { submit, resume, archive } = useMoves(campaign);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const { id, status, pendingVersion } = campaign;

  const mayEdit = mayWrite && EDITABLE.has(status) && pendingVersion === null;
  const mayEnd = mayPublish && (status === 'active' || status === 'paused');
  const mayArchive = mayPublish && status === 'ended' && pendingVersion === null;
  const mayDelete = mayWrite && status === 'draft';
  return (
    <>
      {mayWrite && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('moves.more')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <LinkMenuItem to="/campaigns/new" search={{ copy: id }} leftSection={<IconCopy size={15} />}>
              {t('moves.duplicate')}
            </LinkMenuItem>
            {maySimulate && (
              <LinkMenuItem
                to="/simulations"
                search={{ campaign: id }}
                leftSection={<IconTimeline size={15} />}
              >
                {t('moves.simulate')}
              </LinkMenuItem>
            )}
            {mayEnd && (
              <Menu.Item color="red" onClick={() => setOpen('end')}>
                {t('moves.end')}
              </Menu.Item>
            )}
            {mayArchive && <Menu.Item onClick={archive.act}>{t('moves.archive')}</Menu.Item>}
            {mayDelete && (
              <Menu.Item color="red" onClick={() => setOpen('delete')}>
                {t('moves.delete')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {mayPublish && status === 'active' && (
        <Button variant="default" onClick={() => setOpen('pause')}>
          {t('moves.pause')}
        </Button>
      )}
      {mayEdit && (
        <LinkButton
          variant="default"
          to="/campaigns/$campaignId/edit"
          params={{ campaignId: id }}
          leftSection={<IconPencil size={15} />}
        >
          {t('moves.edit')}
        </LinkButton>
      )}
      {mayPublish && status === 'paused' && (
        <Button onClick={resume.act} loading={resume.isBusy}>
          {t('moves.resume')}
        </Button>
      )}
      {mayWrite && status === 'ended' && pendingVersion === null && (
        <Button variant="default" onClick={() => setOpen('extend')}>
          {t('moves.extend')}
        </Button>
      )}
      {mayWrite && status === 'draft' && (
        <Button onClick={submit.act} loading={submit.isBusy}>
          {t(mayPublish ? 'moves.launch' : 'moves.submit')}
        </Button>
      )}
      <PauseDialog campaign={campaign} opened={open === 'pause'} onClose={close} />
      <EndDialog campaign={campaign} opened={open === 'end'} onClose={close} />
      <ExtendDialog campaign={campaign} opened={open === 'extend'} onClose={close} />
      <DeleteDialog campaign={campaign} opened={open === 'delete'} onClose={close} />
    </>
  );
}
