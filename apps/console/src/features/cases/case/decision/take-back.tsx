import { Alert, Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { When } from '../../../../kit/index.ts';
import type { CaseDetail } from '../../kinds.ts';

interface Props {
  readonly attempts: NonNullable<CaseDetail['timeline']>['attempts'];
  readonly value?: string[];
  readonly onChange?: (activationIds: string[]) => void;
}

/** Accepted activations that go back with the decision: money is taken, so a second person has to agree. */
export function TakeBack({ attempts, value, onChange }: Props) {
  const { t } = useTranslation('cases');
  return (
    <Stack gap="xs">
      <Checkbox.Group label={t('takeBack.label')} description={t('takeBack.hint')} {...{ value, onChange }}>
        <Stack gap={6} mt={6}>
          {attempts.map(({ activationId, code, outcome, at }) => (
            <Checkbox
              key={activationId}
              size="xs"
              value={activationId}
              label={
                <>
                  {code} · {t(`states.${outcome}`)} · <When at={at} />
                </>
              }
            />
          ))}
        </Stack>
      </Checkbox.Group>
      {(value?.length ?? 0) > 0 && <Alert color="yellow">{t('takeBack.second')}</Alert>}
    </Stack>
  );
}
