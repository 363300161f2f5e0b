/** What every form that makes codes is opened with. */
export interface FormProps {
  /** Picked already. */
  readonly campaignId: string | undefined;
  readonly onClose: () => void;
}
