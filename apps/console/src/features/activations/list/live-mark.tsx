import { Affix, Badge, Button, Transition } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './live-mark.module.css';
import type { News } from './news.ts';

/** Says that the list goes on by itself, and what waits for whoever reads further down. */
export function LiveMark({ news: { count, isMore, show } }: { news: News }) {
  const { t } = useTranslation('activations');
  return (
    <>
      <Badge variant="default" tt="none" fw={500} leftSection={<span className={classes.dot} />}>
        {t('live')}
      </Badge>
      <Affix position={{ top: 64, left: '50%' }} style={{ transform: 'translateX(-50%)' }}>
        <Transition transition="slide-down" mounted={count > 0}>
          {(style) => (
            <Button
              style={style}
              size="compact-sm"
              radius="xl"
              leftSection={<IconArrowUp size={14} />}
              onClick={show}
            >
              {t(isMore ? 'newAndMore' : 'new', { count })}
            </Button>
          )}
        </Transition>
      </Affix>
    </>
  );
}
