import { Tabs } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './tabs.module.css';

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

/** Of the tab before the open one, so that one sees there is one. */
const PEEP_PX = 56;

/** Parts of a page of which one is shown. Which one is the address's to say. */
export function PageTabs({ label, tabs, value, onChange }: Props) {
  const shown = tabs.find((tab) => tab.value === value) ?? tabs[0];
  const list = useRef<HTMLDivElement>(null);
  const { ref: sized, width } = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(list, sized);
  // A phone shows the first of many tabs: the one that is open comes into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab, or another width, is another place in the list
  useEffect(() => {
    const open = list.current?.querySelector<HTMLElement>('[aria-selected=true]');
    if (list.current && open) list.current.scrollLeft = open.offsetLeft - list.current.offsetLeft - PEEP_PX;
  }, [shown?.value, width]);
  if (!shown) return null;
  return (
    <Tabs value={shown.value} onChange={(chosen) => chosen !== null && onChange(chosen)} keepMounted={false}>
      <Tabs.List ref={ref} aria-label={label} mb="md" className={classes.list}>
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
