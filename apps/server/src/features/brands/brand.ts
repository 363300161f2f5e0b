import type {
  ApprovalThresholds,
  BrandSettings,
  Brand as BrandView,
  PlayerTokens,
  PlayerTokensInput,
} from '@promosmith/contract';
import type { CurrencyTable } from '@promosmith/core/money';

export interface Brand {
  brandId: string;
  slug: string;
  name: string;
  /** IANA: the brand's days, weeks, months and opening hours. */
  timeZone: string;
  /** ISO 4217, or one of `settings.currencies`. */
  currency: string;
  settings: BrandSettings;
  /** ISO 4217 and `settings.currencies`. */
  currencies: CurrencyTable;
  playerTokens: PlayerTokens | null;
  revision: number;
  createdAt: string;
  updatedAt: string;
}

export interface NewBrand {
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
  currencies?: BrandSettings['currencies'];
  jurisdiction?: BrandSettings['jurisdiction'];
  approvals?: Partial<ApprovalThresholds>;
}

/** The brand as the API shows it and the audit log keeps it: without what is only derived. */
export function brandView({ currencies: _, ...brand }: Brand): BrandView {
  return brand;
}

/** How a brand's player tokens are verified. */
export interface PlayerTokenKeys {
  brandId: string;
  slug: string;
  playerTokens: PlayerTokens;
  /** Plain text of the HS256 secrets; empty when the platform publishes its keys. */
  secrets: readonly string[];
}

export function withoutSecrets(input: PlayerTokensInput): PlayerTokens {
  if (input.kind === 'jwks') return input;
  const { secrets: _, ...shown } = input;
  return shown;
}
