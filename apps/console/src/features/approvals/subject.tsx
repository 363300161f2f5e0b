import { CampaignLink, Copyable, TextLink } from '../../kit/index.ts';
import type { Request } from './request.ts';

/** What a request is about, with the way there. */
export function Subject({ request: { subject } }: { request: Request }) {
  const [kind = '', id = ''] = subject.split('/');
  if (kind === 'campaign') return <CampaignLink id={id} />;
  if (kind === 'batch')
    return <TextLink to={{ to: '/code-batches/$batchId', params: { batchId: id } }}>{id.slice(-8)}</TextLink>;
  if (kind === 'code')
    return <TextLink to={{ to: '/codes/$codeId', params: { codeId: id } }}>{id.slice(-8)}</TextLink>;
  if (kind === 'case')
    return <TextLink to={{ to: '/cases/$caseId', params: { caseId: id } }}>{id.slice(-8)}</TextLink>;
  return <Copyable text={subject} shown={`${kind} …${id.slice(-8)}`} />;
}
