export { CampaignLink, CampaignPicker, FilterCampaign, useCampaignName } from './campaigns.tsx';
export { ConfirmButton, ConfirmModal } from './confirm.tsx';
export { type Column, DataTable } from './data-table.tsx';
export { Duration, durationText, Times } from './duration.tsx';
export { ExportButton } from './export-button.tsx';
export { Facts } from './facts.tsx';
export { Empty, ErrorBox, Loaded, Skeletons, tellDone, tellFailed } from './feedback.tsx';
export { saveFile } from './files.ts';
export { FilterDays, useSpan } from './filter-days.tsx';
export { FilterBar, FilterSelect, FilterSwitch, FilterText } from './filters.tsx';
export { FormEnd } from './form-end.tsx';
export { fieldFaults } from './forms.ts';
export { GrantByHand } from './grant-by-hand.tsx';
export { DurationInput } from './inputs/duration-input.tsx';
export { InstantInput } from './inputs/instant-input.tsx';
export { MoneyInput, PercentInput, TimesInput } from './inputs/money-input.tsx';
export { SecretInput } from './inputs/secret-input.tsx';
export { JsonText } from './json-text.tsx';
export { LinkButton, LinkMenuItem } from './link-button.tsx';
export { ActivationLink, BonusLink, PlayerLink, shortId, TextLink } from './links.tsx';
export { listOf } from './list-of.ts';
export { type Crumb, Page } from './page.tsx';
export { Panel } from './panel.tsx';
export { PlayerPicker } from './player-picker.tsx';
export { Refusal } from './refusal.tsx';
export { RewardFacts } from './reward-facts.tsx';
export { SavedViews } from './saved-views.tsx';
export { SecretShown } from './secret.tsx';
export { ActivationsTable } from './tables/activations-table.tsx';
export { BonusesTable } from './tables/bonuses-table.tsx';
export { accountOf, StatementTable } from './tables/statement-table.tsx';
export { PageTabs, type Tab } from './tabs.tsx';
export { TryCode } from './try-code.tsx';
export {
  Amounts,
  Copyable,
  Count,
  Day,
  Money,
  Nothing,
  Percent,
  Status,
  useMoneyText,
  When,
} from './values.tsx';
export { Wagering } from './wagering.tsx';
export { Who } from './who.tsx';
