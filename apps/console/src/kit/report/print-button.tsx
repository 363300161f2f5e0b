import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** The page on paper, or as a file. */
export function PrintButton() {
  const { t } = useTranslation();
  return (
    <Button variant="default" leftSection={<IconPrinter size={15} />} onClick={() => window.print()}>
      {t('report.print')}
    </Button>
  );
}
