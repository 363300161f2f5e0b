import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Count, Facts, Panel, PlayerLink, Status, TextLink, When } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';

/** The code as it is now: it may have changed since it was tried. */
export function CodeFacts({ codeId }: { codeId: string }) {
  const { t } = useTranslation('activations');
  const code = useRead('getCode', { params: { codeId } }, { enabled: useMay('codes:read') });
  if (!code.data) return null;
  const { code: shown, kind, state, uses, reserved, maxUses, holder, endsAt } = code.data;
  return (
    <Panel title={t('codeNow')}>
      <Facts
        of={[
          [
            t('activations.code'),
            <TextLink key="code" to={{ to: '/codes/$codeId', params: { codeId } }}>
              {shown}
            </TextLink>,
          ],
          [t('kind'), t(`codeKinds.${kind}`)],
          [t('state'), <Status key="state" of={state} />],
          [
            t('uses'),
            maxUses === null ? (
              t('unlimited')
            ) : (
              <span key="uses">
                <Count of={uses} /> / <Count of={maxUses} />
                {reserved > 0 && ` ${t('reserved', { count: reserved })}`}
              </span>
            ),
          ],
          ...(holder === null ? [] : [[t('holder'), <PlayerLink key="holder" id={holder} />] as const]),
          ...(endsAt === null ? [] : [[t('endsAt'), <When key="ends" at={endsAt} style="full" />] as const]),
        ]}
      />
    </Panel>
  );
}
