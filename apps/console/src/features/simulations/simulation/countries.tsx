import { useTranslation } from 'react-i18next';
import { Panel } from '../../../kit/index.ts';
import { regionName } from '../../../kit/locale-name.ts';
import { Bars } from '../../../kit/report/index.ts';
import type { Told } from './told.ts';

const SHOWN = 12;

/** Where the players who would have qualified are. */
export function Countries({ of: countries }: { of: Told['countries'] }) {
  const { t } = useTranslation('simulations');
  return (
    <Panel title={t('countries')} hint={t('countriesHint')}>
      <Bars
        none={t('noCountries')}
        of={countries.slice(0, SHOWN).map(({ country, players }) => ({
          key: country ?? '',
          name: country === null ? <i>{t('noCountry')}</i> : regionName(country),
          count: players,
        }))}
      />
    </Panel>
  );
}
