import { Button, type ButtonProps } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Call, download, type RouteId } from '../api/index.ts';
import { tellFailed } from './feedback.tsx';
import { saveFile } from './files.ts';

interface Props<Id extends RouteId> extends ButtonProps {
  readonly route: Id;
  readonly call: Call<Id>;
  readonly fileName: string;
  readonly label?: string;
}

/** Saves the file that a route answers. */
export function ExportButton<Id extends RouteId>({ route, call, fileName, label, ...button }: Props<Id>) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      saveFile(fileName, await download(route, call));
    } catch (error) {
      tellFailed(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={15} />}
      {...button}
      loading={isBusy}
      onClick={() => void save()}
    >
      {label ?? t('export')}
    </Button>
  );
}
