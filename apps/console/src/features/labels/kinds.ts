import { type Icon, IconCode, IconLetterT, IconTicket } from '@tabler/icons-react';
import type { Answer } from '../../api/index.ts';

export type Definition = Answer<'getLabel'>['definition'];
export type Kind = Definition['kind'];

export const KINDS = ['text', 'function', 'code'] as const satisfies readonly Kind[];

export const KIND_ICONS: Readonly<Record<Kind, Icon>> = {
  text: IconLetterT,
  function: IconCode,
  code: IconTicket,
};

/** What a function begins with: eight symbols nobody mistakes for another. */
export const FIRST_SOURCE = `(function () {
  var symbols = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  var code = '';
  for (var i = 0; i < 8; i++) {
    code += symbols.charAt(Math.floor(Math.random() * symbols.length));
  }
  return code;
})();
`;
