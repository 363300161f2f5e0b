import { Accordion, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { JsonText, Loaded, Panel } from '../../../kit/index.ts';

/** What a reward of the kind special can name, and the payload each takes. */
export function Handlers() {
  const { t } = useTranslation('integrations');
  const handlers = useRead('listSpecialHandlers', {});
  return (
    <Panel title={t('specials.handlers')} hint={t('specials.handlersHint')}>
      <Loaded of={handlers}>
        {({ items }) => (
          <Accordion variant="default" chevronPosition="left">
            {items.map(({ name, description, payload }) => (
              <Accordion.Item key={name} value={name}>
                <Accordion.Control>
                  <Text span fz="sm" ff="monospace" fw={500}>
                    {name}
                  </Text>
                  <Text span fz="sm" c="dimmed" ml="sm">
                    {description}
                  </Text>
                </Accordion.Control>
                <Accordion.Panel>
                  <JsonText of={payload} label={t('specials.payload', { name })} />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        )}
      </Loaded>
    </Panel>
  );
}
