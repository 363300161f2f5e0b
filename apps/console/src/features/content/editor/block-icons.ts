import {
  type Icon,
  IconClockHour4,
  IconHeading,
  IconLetterT,
  IconList,
  IconPhoto,
  IconRectangle,
  IconSeparatorHorizontal,
  IconTicket,
} from '@tabler/icons-react';
import type { BlockKind } from '../document/types.ts';

export const BLOCK_ICONS: Readonly<Record<BlockKind, Icon>> = {
  heading: IconHeading,
  text: IconLetterT,
  image: IconPhoto,
  code: IconTicket,
  button: IconRectangle,
  countdown: IconClockHour4,
  list: IconList,
  divider: IconSeparatorHorizontal,
};
