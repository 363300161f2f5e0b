import { ActionIcon, Popover, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './charts.module.css';

/** What a figure is, for whoever asks. */
export function Definition({ of: name, children }: { of: string; children: string }) {
  const { t } = useTranslation();
  return (
    <Popover width={300} position="bottom" withArrow>
      <Popover.Target>
        <ActionIcon
          className={classes.definition}
          variant="transparent"
          color="gray"
          size={18}
          aria-label={t('charts.definition', { name })}
        >
          <IconInfoCircle size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text fz="sm">{children}</Text>
      </Popover.Dropdown>
    </Popover>
  );
}
