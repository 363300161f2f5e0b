import type { RowOf } from '../../../api/index.ts';
import { ActivationLink, BonusLink, Copyable, Nothing, shortId, TextLink } from '../../../kit/index.ts';

/** The way to what a row is about. */
export function RowAbout({ of: about }: { of: RowOf<'listPerformanceRows'>['about'] }) {
  switch (about?.kind) {
    case undefined:
      return <Nothing />;
    case 'activation':
      return <ActivationLink id={about.id} />;
    case 'grant':
      return <BonusLink id={about.id} />;
    case 'code':
      return (
        <TextLink to={{ to: '/codes/$codeId', params: { codeId: about.id } }}>{shortId(about.id)}</TextLink>
      );
    case 'message':
      return <TextLink to={{ to: '/messages', search: { message: about.id } }}>{shortId(about.id)}</TextLink>;
    case 'deposit':
      return <Copyable text={about.id} />;
  }
}
