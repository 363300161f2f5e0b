import { useTranslation } from 'react-i18next';
import { type Answer, INVITATION } from '../../../api/index.ts';
import { SecretShown } from '../../../kit/index.ts';

interface Props {
  readonly of: Answer<'inviteStaff'> | undefined;
  readonly onClose: () => void;
}

/** The link for whoever was invited: it is shown this once, and handed over by whatever means people have. */
export function InvitationShown({ of: invited, onClose }: Props) {
  const { t } = useTranslation('staff');
  const link = invited && `${location.origin}${INVITATION}#${invited.invitation.token}`;
  return (
    <SecretShown secret={link} hint={t('invite.handOver', { name: invited?.name ?? '' })} onClose={onClose} />
  );
}
