import { Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ErrorBox, fieldFaults, tellDone } from '../../../kit/index.ts';
import { FormEnd } from '../form-button.tsx';

type Engine = Answer<'getBonusEngine'>;

interface Props {
  readonly of: Engine;
  /** Of an engine that is connected for the first time. */
  readonly onSecret: (secret: string | null) => void;
  readonly onDone: () => void;
}

const KEEPERS = ['built_in', 'outside'] as const;

export function EngineForm({ of: engine, onSecret, onDone }: Props) {
  const { t } = useTranslation('integrations');
  const form = useForm<{ keeper: Engine['keeper']; url: string }>({
    initialValues: { keeper: engine.keeper, url: engine.url ?? '' },
  });
  const set = useAct('setBonusEngine', ({ secret }) => {
    tellDone(t('saved'));
    onDone();
    onSecret(secret);
  });
  return (
    <form
      onSubmit={form.onSubmit(({ keeper, url }) =>
        set.mutate(
          { body: keeper === 'built_in' ? { keeper } : { keeper, url } },
          { onError: (error) => form.setErrors(fieldFaults(error)) },
        ),
      )}
    >
      <Stack>
        <Radio.Group
          label={t('engine.who')}
          description={t('engine.fromNow')}
          {...form.getInputProps('keeper')}
        >
          <Stack gap="xs" mt="xs">
            {KEEPERS.map((keeper) => (
              <Radio
                key={keeper}
                value={keeper}
                label={t(`engine.keepers.${keeper}`)}
                description={t(`engine.hints.${keeper}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {form.values.keeper === 'outside' && (
          <TextInput
            label={t('url')}
            description={t('urlHint')}
            type="url"
            required
            {...form.getInputProps('url')}
          />
        )}
        {set.error && <ErrorBox error={set.error} />}
        <FormEnd isBusy={set.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
