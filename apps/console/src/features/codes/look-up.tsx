import { Button, Group, Paper, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasKey, useAct } from '../../api/index.ts';
import { ErrorBox } from '../../kit/index.ts';

/** "What is this code?", as a player read it out: leads to its page. */
export function LookUp() {
  const { t } = useTranslation('codes');
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const look = useAct(
    'lookUpCode',
    ({ id }) => void navigate({ to: '/codes/$codeId', params: { codeId: id } }),
  );
  const isUnknown = hasKey(look.error, 'not_found');
  return (
    <Paper
      component="form"
      withBorder
      radius="md"
      p="md"
      mb="md"
      onSubmit={(event) => {
        event.preventDefault();
        look.mutate({ body: { code: code.trim() } });
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t('lookUp.label')}
          placeholder={t('lookUp.placeholder')}
          leftSection={<IconSearch size={15} />}
          required
          withAsterisk={false}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          flex={1}
          miw={220}
          value={code}
          onChange={(event) => {
            setCode(event.currentTarget.value);
            look.reset();
          }}
        />
        <Button type="submit" loading={look.isPending}>
          {t('lookUp.submit')}
        </Button>
      </Group>
      <Text fz="xs" c="dimmed" mt={6} role="status">
        {isUnknown ? '' : t('lookUp.hint')}
      </Text>
      {isUnknown && (
        <Text fz="sm" c="red" role="alert">
          {t('lookUp.unknown', { code: code.trim() })}
        </Text>
      )}
      {look.error && !isUnknown && <ErrorBox error={look.error} />}
    </Paper>
  );
}
