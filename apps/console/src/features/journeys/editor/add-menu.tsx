import { Menu } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { LOOK } from '../drawing/look.ts';
import { PALETTE } from '../graph/kinds.ts';
import type { Position } from '../graph/types.ts';
import { useEditor } from './editor-context.ts';

/** A connector that was drawn to an empty place. */
export interface Loose {
  readonly from: string;
  readonly connector: string;
  readonly at: Position;
  /** Within the canvas, in pixels. */
  readonly x: number;
  readonly y: number;
}

/** Asks what is to stand there. */
export function AddMenu({ loose, onClose }: { loose: Loose; onClose: () => void }) {
  const { t } = useTranslation('journeys');
  const { addBehind } = useEditor();
  return (
    <Menu opened onClose={onClose} position="right-start" width={210} withinPortal shadow="md">
      <Menu.Target>
        <span style={{ position: 'absolute', left: loose.x, top: loose.y }} />
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        {PALETTE.filter(({ group }) => group !== 'start').map(({ group, kinds }) => (
          <Fragment key={group}>
            <Menu.Label>{t(`palette.${group}`)}</Menu.Label>
            {kinds.map((kind) => {
              const IconOf = LOOK[kind].icon;
              return (
                <Menu.Item
                  key={kind}
                  leftSection={<IconOf size={15} />}
                  onClick={() =>
                    addBehind(kind, loose.from, loose.connector, { x: loose.at.x, y: loose.at.y - 31 })
                  }
                >
                  {t(`kinds.${kind}`)}
                </Menu.Item>
              );
            })}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
