import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Tab {
  readonly value: string;
  readonly label: string;
  /** Beside the label, e.g. how many there are. */
  readonly beside?: ReactNode;
  readonly panel: () => ReactNode;
}

interface Props {
  /** Says what the tabs are of, to those who do not see it. */
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** The first one when left out, or none of them. */
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
}

/** Parts of a page of which one is shown. Which one is the address's to say. */
export function PageTabs({ label, tabs, value, onChange }: Props) {
  const shown = tabs.find((tab) => tab.value === value) ?? tabs[0];
  if (!shown) return null;
  return (
    <Tabs value={shown.value} onChange={(chosen) => chosen !== null && onChange(chosen)} keepMounted={false}>
      <Tabs.List aria-label={label} mb="md" style={{ overflowX: 'auto', flexWrap: 'nowrap' }}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value} rightSection={tab.beside}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={shown.value}>{shown.panel()}</Tabs.Panel>
    </Tabs>
  );
}
