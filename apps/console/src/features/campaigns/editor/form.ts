import { createFormContext } from '@mantine/form';
import type { CampaignInput } from '@promosmith/contract';

/** The form of the whole campaign: its paths are those of the definition, and those of the server's faults. */
export const [CampaignForm, useCampaignForm, useForm] = createFormContext<CampaignInput>();
