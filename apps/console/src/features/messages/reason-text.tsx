import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSay } from '../../texts/index.ts';

/** Why a message did not go out: one of the reasons that are known, or what the other side said. */
export function ReasonText({ of }: { of: string }) {
  const { t } = useTranslation('messages');
  const say = useSay();
  return (
    <Text span inherit maw={320} style={{ display: 'inline-block', textWrap: 'pretty' }}>
      {t(`reasons.${of}`, { defaultValue: say(of) })}
    </Text>
  );
}
