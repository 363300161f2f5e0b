import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Why a message did not go out: one of the reasons that are known, or what the other side said. */
export function ReasonText({ of }: { of: string }) {
  const { t } = useTranslation('messages');
  return (
    <Text span inherit lineClamp={1} maw={320}>
      {t(`reasons.${of}`, { defaultValue: of })}
    </Text>
  );
}
