import { SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Loaded, Page } from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { useSay } from '../../../texts/index.ts';
import { CHANNELS } from '../document/types.ts';
import { Thumbnail } from '../drawing/thumbnail.tsx';
import { ChannelLine } from './content-card.tsx';
import { FillIn } from './fill-in.tsx';
import classes from './list.module.css';
import type { Template } from './template.ts';

/** Ready-made templates to begin with. */
export function NewContentPage() {
  const { t } = useTranslation('content');
  const { filters, setFilters } = useFilters<'channel'>();
  const channel = oneOf(CHANNELS, filters.channel);
  const templates = useRead('listContentTemplates', {});
  const [chosen, setChosen] = useState<Template>();
  return (
    <Page
      title={t('new.title')}
      description={t('new.description')}
      crumbs={[{ label: t('rooms.content'), link: { to: '/content' } }]}
    >
      <SegmentedControl
        size="xs"
        mb="md"
        aria-label={t('list.channel')}
        data={[
          { value: '', label: t('all') },
          ...CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) })),
        ]}
        value={channel ?? ''}
        onChange={(value) => setFilters({ channel: value || undefined })}
        style={{ maxWidth: '100%', overflowX: 'auto' }}
      />
      <Loaded of={templates}>
        {({ items }) => (
          <ul className={classes.grid} aria-label={t('new.templates')}>
            {items
              .filter((template) => channel === undefined || template.channel === channel)
              .map((template) => (
                <li key={template.id}>
                  <TemplateCard template={template} onChoose={() => setChosen(template)} />
                </li>
              ))}
          </ul>
        )}
      </Loaded>
      {chosen && <FillIn template={chosen} onClose={() => setChosen(undefined)} />}
    </Page>
  );
}

function TemplateCard({ template, onChoose }: { template: Template; onChoose: () => void }) {
  const say = useSay();
  return (
    <article className={classes.card}>
      <div className={classes.picture}>
        <Thumbnail of={template.document} />
      </div>
      <div className={classes.about}>
        <button
          type="button"
          className={classes.name}
          style={{ all: 'unset', cursor: 'pointer', fontWeight: 600, fontSize: 13 }}
          onClick={onChoose}
        >
          {say(template.name)}
        </button>
        <Text fz="xs" c="dimmed">
          {say(template.description)}
        </Text>
        <ChannelLine channel={template.channel} />
      </div>
    </article>
  );
}
