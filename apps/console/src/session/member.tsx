import type { Permission } from '@promosmith/contract';
import { type Currency, type CurrencyTable, createCurrencyTable, findCurrency } from '@promosmith/core/money';
import { createContext, type ReactNode, use, useMemo } from 'react';
import { type Answer, useRead } from '../api/index.ts';

export type Session = Answer<'getSession'>;
export type Brand = Answer<'getBrand'>;

/** Who is signed in, for the brand of this page. */
export interface Member {
  readonly session: Session;
  readonly role: Session['memberships'][number]['role'];
  readonly brand: Brand;
  readonly currencies: CurrencyTable;
  /** Whether the server would let them. It checks again. */
  may(permission: Permission): boolean;
}

const MemberContext = createContext<Member | undefined>(undefined);

export function useMember(): Member {
  const member = use(MemberContext);
  if (!member) throw new Error('nobody is signed in here');
  return member;
}

export const useMay = (permission: Permission): boolean => useMember().may(permission);

/** The currency of a code; one that the brand does not know has two decimals. */
export function useCurrencyOf(): (code: string) => Currency {
  const { currencies } = useMember();
  return (code) => {
    const found = findCurrency(currencies, code);
    return found.ok ? found.value : { code, exponent: 2 };
  };
}

interface Props {
  readonly session: Session;
  readonly membership: Session['memberships'][number];
  readonly whileWaiting: ReactNode;
  readonly failed: (error: Error) => ReactNode;
  readonly children: ReactNode;
}

/** Reads what every page needs of the brand and the caller's rights in it. */
export function MemberProvider({ session, membership, whileWaiting, failed, children }: Props) {
  const me = useRead('getMe', {});
  const brand = useRead('getBrand', {});
  const member = useMemo((): Member | undefined => {
    if (!me.data || !brand.data) return undefined;
    const table = createCurrencyTable(brand.data.settings.currencies);
    const permissions: ReadonlySet<string> = new Set(me.data.permissions);
    return {
      session,
      role: membership.role,
      brand: brand.data,
      currencies: table.ok ? table.value : new Map(),
      may: (permission) => permissions.has(permission),
    };
  }, [me.data, brand.data, session, membership]);
  const error = me.error ?? brand.error;
  if (!member) return error ? failed(error) : whileWaiting;
  return <MemberContext value={member}>{children}</MemberContext>;
}
