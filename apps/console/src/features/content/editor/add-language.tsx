import { Autocomplete, Button, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd } from '../../../kit/index.ts';
import { localeName } from '../../../kit/locale-name.ts';
import { addLocale } from '../document/edits.ts';
import { useEditor } from './editor-context.ts';
import { asLocale, COMMON_LOCALES } from './languages.ts';

/** One more language to say it in. */
export function AddLanguage({ onAdded }: { onAdded: (locale: string) => void }) {
  const { t } = useTranslation('content');
  const { document, change } = useEditor();
  const [opened, { open, close }] = useDisclosure();
  const [typed, setTyped] = useState('');
  const taken = [document.locale, ...Object.keys(document.translations)];
  const offered = COMMON_LOCALES.filter((locale) => !taken.includes(locale)).map(
    (locale) => `${localeName(locale)} (${locale})`,
  );
  const locale = asLocale(/\(([^)]+)\)\s*$/.exec(typed)?.[1] ?? typed);
  const isTaken = locale !== undefined && taken.includes(locale);
  const isWrong = typed.trim() !== '' && locale === undefined;
  return (
    <>
      <Button variant="default" size="compact-md" leftSection={<IconPlus size={14} />} onClick={open}>
        {t('translations.add')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('translations.add')} centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (locale === undefined || isTaken) return;
            change(addLocale(document, locale));
            onAdded(locale);
            setTyped('');
            close();
          }}
        >
          <Stack>
            <Autocomplete
              label={t('translations.language')}
              description={t('translations.languageHint')}
              data={offered}
              value={typed}
              onChange={setTyped}
              error={isTaken ? t('translations.taken') : isWrong ? t('translations.unknown') : undefined}
              data-autofocus
            />
            <FormEnd submit={t('add')} onCancel={close} disabled={locale === undefined || isTaken} />
          </Stack>
        </form>
      </Modal>
    </>
  );
}
