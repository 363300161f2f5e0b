import { Group, Text } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useRead } from '../../../api/index.ts';
import { When } from '../../../kit/index.ts';
import { CHANNEL_ICONS } from '../channels.ts';
import type { Channel } from '../document/types.ts';
import { Thumbnail } from '../drawing/thumbnail.tsx';
import classes from './list.module.css';

/** A piece of content: its picture is read once it comes into sight. */
export function ContentCard({ content }: { content: RowOf<'listContent'> }) {
  const { t } = useTranslation('content');
  const { ref, inViewport } = useInViewport<HTMLElement>();
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (inViewport) setSeen(true);
  }, [inViewport]);
  const params = { contentId: content.id };
  const item = useRead('getContent', { params }, { enabled: isSeen });
  return (
    <article className={classes.card} ref={ref}>
      <div className={classes.picture}>{item.data && <Thumbnail of={item.data.document} />}</div>
      <div className={classes.about}>
        <Link to="/content/$contentId" params={params} className={classes.name}>
          {content.name}
        </Link>
        <ChannelLine channel={content.channel}>
          {t('version', { version: content.version })} · <When at={content.updatedAt} />
        </ChannelLine>
      </div>
    </article>
  );
}

export function ChannelLine({ channel, children }: { channel: Channel; children?: ReactNode }) {
  const { t } = useTranslation('content');
  const IconOf = CHANNEL_ICONS[channel];
  return (
    <Group gap={6} c="dimmed" wrap="nowrap" align="center">
      <IconOf size={14} aria-hidden />
      <Text fz="xs" inherit>
        {t(`channels.${channel}`)}
      </Text>
      {children !== undefined && (
        <Text fz="xs" ml="auto" inherit ta="end">
          {children}
        </Text>
      )}
    </Group>
  );
}
